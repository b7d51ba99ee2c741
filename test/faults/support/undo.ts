import { exchange, pause, type Sent } from '../../lab/client.ts';
import type { Product } from '../../lab/product.ts';

const RETRIED_STATUSES = new Set([202, 429, 500, 503]);
const GIVE_UP_MS = 600_000;

/**
 * Undoes the import of a request as a careful client does: asks again until it is told that all of it is gone. Then says
 * so in what was sent.
 *
 * @throws when the product hangs, or refuses
 */
export async function undoImport(product: Product, sent: Sent): Promise<void> {
  const [importId = ''] = sent.importIds;
  const url = `${product.url}/api/v2/history/imports/${importId}`;
  const headers = { 'x-api-key': sent.request.account.apiKey };
  const startedAt = performance.now();
  for (;;) {
    const reply = await exchange(product, url, { method: 'DELETE', headers });
    if (reply?.status === 200 && reply.text.includes('"status":"undone"')) break;
    if (reply && !RETRIED_STATUSES.has(reply.status)) {
      throw new Error(`Undoing import ${importId} was answered ${reply.status}: ${reply.text}`);
    }
    if (performance.now() - startedAt > GIVE_UP_MS) throw new Error(`Import ${importId} was never undone.`);
    await pause(product, reply);
  }
  sent.isUndone = true;
}
