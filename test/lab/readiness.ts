import { HANGS_AFTER_MS } from '../support/limits.ts';

/** The status of an API's /readyz. Rejects when it hangs. */
export async function readinessOf(url: string): Promise<number> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(HANGS_AFTER_MS) });
  await response.body?.cancel();
  return response.status;
}
