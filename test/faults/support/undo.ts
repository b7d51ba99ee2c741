import { exchange, pause, refusalCode, type Reply, type Sent } from '../../lab/client.ts';
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
  const reply = await askForUndo(product, sent);
  if (reply.status !== 200 || !reply.text.includes('"status":"undone"')) {
    throw new Error(`Undoing the import of ${sent.request.key} was answered ${reply.status}: ${reply.text}`);
  }
  sent.isUndone = true;
}

/**
 * Asks for an import to be undone that others refer to.
 *
 * @param inUse what the answer calls them
 * @throws when that is not refused because of them
 */
export async function expectInUse(product: Product, sent: Sent, inUse: string): Promise<void> {
  const reply = await askForUndo(product, sent);
  const isBecauseOfThem = new RegExp(`"in_use":{[^}]*"${inUse}":`).test(reply.text);
  if (reply.status === 409 && refusalCode(reply) === 'import_in_use' && isBecauseOfThem) return;
  throw new Error(`Undoing ${sent.request.key}, which is in use, was answered ${reply.status}: ${reply.text}`);
}

/** @returns the first reply that says what came of it */
async function askForUndo(product: Product, sent: Sent): Promise<Reply> {
  const [importId = ''] = sent.importIds;
  const url = `${product.url}/api/v2/history/imports/${importId}`;
  const headers = { 'x-api-key': sent.request.account.apiKey };
  const startedAt = performance.now();
  for (;;) {
    const reply = await exchange(product, url, { method: 'DELETE', headers });
    if (reply && !RETRIED_STATUSES.has(reply.status)) return reply;
    if (performance.now() - startedAt > GIVE_UP_MS) throw new Error(`Import ${importId} was never undone.`);
    await pause(product, reply);
  }
}
