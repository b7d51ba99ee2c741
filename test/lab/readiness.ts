import { HANGS_AFTER_MS } from '../support/limits.ts';
import type { ServerProcess } from './server-process.ts';
import { until } from './until.ts';

/** The status of an API's /readyz. Rejects when it hangs. */
export async function readinessOf(url: string): Promise<number> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(HANGS_AFTER_MS) });
  await response.body?.cancel();
  return response.status;
}

/**
 * Waits until an API can accept work, or the console has reached its servers.
 *
 * @throws at once when the process ends instead
 */
export function untilReady(server: ServerProcess, url: string, signal?: AbortSignal): Promise<void> {
  return untilStarted(server, async () => (await readinessOf(url)) === 200, signal);
}

/**
 * Waits until a worker takes jobs.
 *
 * @throws at once when the process ends instead
 */
export function untilTakingJobs(server: ServerProcess, signal?: AbortSignal): Promise<void> {
  return untilStarted(server, async () => (await server.logs()).includes('taking jobs'), signal);
}

async function untilStarted(server: ServerProcess, isReady: () => Promise<boolean>, signal?: AbortSignal) {
  const isDone = () => server.diedByItself() !== undefined || isReady();
  await until(isDone, { what: `${server.name} is ready`, signal });
  const death = server.diedByItself();
  if (death) throw new Error(`${death} before it was ready.`);
}
