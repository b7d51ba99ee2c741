import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 500;
const KIB_PER_MIB = 1024;

export interface MemorySample {
  /** Since the watch began. */
  second: number;
  mebibytes: number;
}

/** Looks at what a process has in memory, twice a second, until told to stop. Of Linux. */
export function watchMemory(pid: number): { stop(): Promise<MemorySample[]> } {
  const samples: MemorySample[] = [];
  const over = new AbortController();
  const startedAt = performance.now();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const mebibytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / KIB_PER_MIB;
      samples.push({ second: (performance.now() - startedAt) / 1000, mebibytes });
      await delay(EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  // Whoever does not stop it is about to fail for another reason.
  watching.catch(() => undefined);
  return {
    async stop() {
      over.abort();
      await watching;
      return samples;
    },
  };
}
