import type { WorkerMetrics } from '../metrics.ts';

/** Carries out what a chunk takes of the database, and measures how long that is, whether it succeeds or not. */
export async function timed<T>({ saving }: Pick<WorkerMetrics, 'saving'>, statement: () => Promise<T>): Promise<T> {
  const stop = saving.startTimer();
  try {
    return await statement();
  } finally {
    stop();
  }
}
