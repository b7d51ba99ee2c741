import type { WorkerMetrics } from '../metrics.ts';

/** Runs the database work of a chunk, and measures its duration, whether it succeeds or not. */
export async function timed<T>({ saving }: Pick<WorkerMetrics, 'saving'>, statement: () => Promise<T>): Promise<T> {
  const stop = saving.startTimer();
  try {
    return await statement();
  } finally {
    stop();
  }
}
