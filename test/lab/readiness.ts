import { HANGS_AFTER_MS } from '../support/limits.ts';
import type { ServerProcess } from './server-process.ts';
import { until } from './until.ts';

const LISTENING = /Server listening at (http:[^"]+)/;

/** The status of an API's /readyz. Rejects when it hangs. */
export async function readinessOf(url: string): Promise<number> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(HANGS_AFTER_MS) });
  await response.body?.cancel();
  return response.status;
}

/**
 * Waits until an API can accept work, or the console has reached its servers. It is to listen on port 0: on a port that
 * was free a moment ago, another process may answer for it.
 *
 * @returns its URL, as its log says
 * @throws at once when the process ends instead
 */
export async function untilReady(server: ServerProcess, signal?: AbortSignal): Promise<string> {
  let url = '';
  const isReady = async () => {
    url = LISTENING.exec(await server.logs())?.[1] ?? '';
    return url !== '' && (await readinessOf(url)) === 200;
  };
  await untilStarted(server, isReady, signal);
  return url;
}

/**
 * Waits until a worker takes jobs.
 *
 * @throws at once when the process ends instead
 */
export async function untilTakingJobs(server: ServerProcess, signal?: AbortSignal): Promise<void> {
  await untilStarted(server, async () => (await server.logs()).includes('taking jobs'), signal);
}

async function untilStarted(server: ServerProcess, isReady: () => Promise<boolean>, signal?: AbortSignal) {
  const isDone = () => server.diedByItself() !== undefined || isReady();
  await until(isDone, { what: `${server.name} is ready`, signal });
  const death = server.diedByItself();
  if (death) throw new Error(`${death} before it was ready.`);
}
