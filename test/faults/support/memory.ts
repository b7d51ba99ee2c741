import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { sum } from './amount.ts';
import type { ServerProcess } from './server-process.ts';

const EVERY_MS = 250;
const KIB_PER_MIB = 1024;

export interface MemoryUse {
  /** MiB at most. */
  peak: number;
  /** What the last third of the time took on average, in relation to the third before it. */
  growth: number;
}

/** Watches how much memory a process has, until told to stop. Of Linux, and of the process while it runs. */
export function watchMemory({ pid }: Pick<ServerProcess, 'pid'>): { stop(): Promise<MemoryUse> } {
  const samples: number[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      samples.push(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / KIB_PER_MIB);
      await delay(EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      over.abort();
      await watching;
      const third = Math.floor(samples.length / 3);
      const mean = (part: number[]) => sum(part) / part.length;
      const growth = mean(samples.slice(-third)) / mean(samples.slice(-2 * third, -third));
      return { peak: Math.round(Math.max(...samples)), growth };
    },
  };
}
