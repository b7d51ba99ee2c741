import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('slowness-process.ts', import.meta.url));

const WARM_UP_EXCHANGES = 200;
const EXCHANGES = 400;

/** What they take on two idle cores. */
const REFERENCE_MS = 300;

/**
 * Measures how many times longer things take on this machine, busy as it is now, than on two idle cores: small requests
 * to another process, each with a little work. At least 1.
 */
export async function measureSlowness(): Promise<number> {
  const child = fork(PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
  const exited = once(child, 'exit');
  const [port] = await once(child, 'message');
  const exchange = async (count: number) => {
    for (let done = 0; done < count; done += 1) await (await fetch(`http://127.0.0.1:${port}`)).text();
  };
  await exchange(WARM_UP_EXCHANGES);
  const startedAt = performance.now();
  await exchange(EXCHANGES);
  const slowness = (performance.now() - startedAt) / REFERENCE_MS;
  child.disconnect();
  await exited;
  return Math.max(1, slowness);
}
