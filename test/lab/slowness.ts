import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('slowness-process.ts', import.meta.url));

const WARM_UP_EXCHANGES = 400;
const EXCHANGES = { now: 200, watching: 20 };
const EVERY_MS = 500;

/** What an exchange takes on two idle cores. */
const REFERENCE_MS = 0.75;

/** Knows how many times longer things take on this machine, busy as it is, than on two idle cores. */
export interface SlownessWatch extends AsyncDisposable {
  /** What it is now; at least 1. */
  now(): Promise<number>;
  /** The most that it was since then, on the clock of `performance`; at least 1. */
  since(startedAt: number): number;
}

/** Watches it: sends small requests to another process, each with a little work, now and then. */
export async function watchSlowness(): Promise<SlownessWatch> {
  const child = fork(PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
  const exited = once(child, 'exit');
  const [port] = await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('It ended.'))),
  ]);
  const exchange = async (count: number) => {
    for (let done = 0; done < count; done += 1) await (await fetch(`http://127.0.0.1:${port}`)).text();
  };
  await exchange(WARM_UP_EXCHANGES);

  const samples: { at: number; slowness: number }[] = [];
  const over = new AbortController();
  async function measure(count: number): Promise<number> {
    const startedAt = performance.now();
    await exchange(count);
    return Math.max(1, (performance.now() - startedAt) / count / REFERENCE_MS);
  }
  const watching = (async () => {
    while (!over.signal.aborted) {
      await delay(EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      const slowness = await measure(EXCHANGES.watching);
      samples.push({ at: performance.now(), slowness });
    }
  })();
  // Whoever does not stop it is about to fail for another reason.
  watching.catch(() => undefined);

  return {
    now: () => measure(EXCHANGES.now),
    since: (startedAt) => Math.max(1, ...samples.filter(({ at }) => at >= startedAt).map(({ slowness }) => slowness)),
    async [Symbol.asyncDispose]() {
      over.abort();
      await watching;
      child.disconnect();
      await exited;
    },
  };
}
