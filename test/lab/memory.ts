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

export interface MemorySample {
  /** Since the watch began. */
  second: number;
  mebibytes: number;
}

/** How much memory a process has now, in MiB. Of Linux, and of the process while it runs. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / KIB_PER_MIB;
}

/** Looks at how much memory a process has, until told to stop. Of Linux, and of the process while it runs. */
export function sampleMemory(pid: number): { stop(): Promise<MemorySample[]> } {
  const samples: MemorySample[] = [];
  const over = new AbortController();
  const startedAt = performance.now();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const mebibytes = await memoryOf(pid);
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

/** Watches whether a process takes more and more memory, until told to stop. */
export function watchMemory({ pid }: Pick<ServerProcess, 'pid'>): { stop(): Promise<MemoryUse> } {
  const sampling = sampleMemory(pid);
  return {
    async stop() {
      const samples = (await sampling.stop()).map(({ mebibytes }) => mebibytes);
      const third = Math.floor(samples.length / 3);
      const mean = (part: number[]) => sum(part) / part.length;
      const growth = mean(samples.slice(-third)) / mean(samples.slice(-2 * third, -third));
      return { peak: Math.round(Math.max(...samples)), growth };
    },
  };
}
