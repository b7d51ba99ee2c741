import { REVENUE_PATH } from '../../support/http.ts';
import type { Account } from './catalog.ts';
import { buildRevenueRequest } from './revenue-request.ts';
import type { Product } from './product.ts';

const PROBE_EVERY_MS = 250;
const LONGEST_REFUSAL_MS = 1_000;
const HANG_MS = 10_000;

/**
 * While nothing can be accepted, sends a request now and then. Each must be refused within a second, with 503 and the
 * time to come back.
 *
 * @returns the milliseconds that each refusal took
 * @throws at the first other answer
 */
export async function expectRefusals(product: Product, account: Account, forMs: number): Promise<number[]> {
  const choices = product.random.fork('probes');
  const endsAt = performance.now() + forMs;
  const refusals: number[] = [];
  while (performance.now() < endsAt) {
    const { body } = buildRevenueRequest('probe', { account, recordsPerRequest: [1, 10] }, choices);
    const startedAt = performance.now();
    const response = await fetch(product.url + REVENUE_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': account.apiKey },
      body,
      signal: AbortSignal.any([product.signal, AbortSignal.timeout(HANG_MS)]),
    });
    const text = await response.text();
    const ms = Math.round(performance.now() - startedAt);
    const retryAfter = response.headers.get('retry-after');
    if (response.status !== 503 || !retryAfter || ms > LONGEST_REFUSAL_MS) {
      throw new Error(`A request got ${response.status}, Retry-After ${retryAfter}, after ${ms} ms: ${text}`);
    }
    refusals.push(ms);
    await product.last(PROBE_EVERY_MS);
  }
  return refusals;
}
