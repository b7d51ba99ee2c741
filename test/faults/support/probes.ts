import type { Account } from '../../lab/catalog.ts';
import { buildRevenueRequest } from '../../lab/requests/revenue.ts';
import type { HttpProcess, Product } from '../../lab/product.ts';
import { readinessOf } from '../../lab/readiness.ts';
import { REVENUE_PATH } from '../../support/http.ts';
import { HANGS_AFTER_MS } from '../../support/limits.ts';

const PROBE_EVERY_MS = 250;
const LONGEST_REFUSAL_MS = 1_000;

/**
 * Makes trouble, and waits until an API has noticed that a server is away.
 *
 * @throws when it notices that too late
 */
export async function untilNoticed(
  product: Product,
  api: HttpProcess,
  withinMs: number,
  makeTrouble: () => Promise<void> | void,
): Promise<void> {
  const isReady = async () => (await readinessOf(api.url)) === 200;
  await product.until(isReady, 'the API is ready');
  await makeTrouble();
  const startedAt = performance.now();
  await product.until(async () => !(await isReady()), 'the API has noticed it');
  product.within(withinMs, Math.round(performance.now() - startedAt), 'Noticing it');
}

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
      signal: AbortSignal.any([product.signal, AbortSignal.timeout(HANGS_AFTER_MS)]),
    });
    const text = await response.text();
    const ms = Math.round(performance.now() - startedAt);
    const retryAfter = response.headers.get('retry-after');
    if (response.status !== 503 || !retryAfter) {
      throw new Error(`A request got ${response.status}, Retry-After ${retryAfter}, after ${ms} ms: ${text}`);
    }
    product.within(LONGEST_REFUSAL_MS, ms, 'A refusal');
    refusals.push(ms);
    await product.last(PROBE_EVERY_MS);
  }
  return refusals;
}
