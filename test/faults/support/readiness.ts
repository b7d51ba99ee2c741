const TIMEOUT_MS = 2_000;

/** The status of an API's /readyz. Rejects when it does not answer within two seconds. */
export async function readinessOf(url: string): Promise<number> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  return response.status;
}
