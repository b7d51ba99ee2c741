import { findOpenChunks, type Database, type OpenChunk } from '@trackly/db';
import { jobName, type JobName, type Producer } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import type { Chore } from './chore.ts';

const EVERY_MS = 3_000;

/** Minimum age of a chunk: the job of a younger one may still be on its way into the queue. */
const YOUNGEST_SECONDS = 5;

const PAGE_SIZE = 500;

export interface ReconcileOptions {
  db: Database;
  producer: Pick<Producer, 'restore'>;
  metrics: WorkerMetrics;
  logger: Logger;
}

/**
 * The reconciler: adds a job for each open chunk that has none, because the queue lost the job, or the API was killed
 * before it added one.
 */
export function reconcile({ db, producer, metrics, logger }: ReconcileOptions): Chore {
  return {
    name: 'reconcile',
    everyMs: EVERY_MS,
    async run(mayGoOn) {
      let page: OpenChunk[] = [];
      do {
        if (!(await mayGoOn())) return;
        page = await findOpenChunks(db, { olderThan: YOUNGEST_SECONDS, after: page.at(-1), count: PAGE_SIZE });
        const jobs = Map.groupBy(page, ({ task, kind }) => jobName(task, kind));
        for (const [name, chunks] of jobs) await restore(name, chunks);
      } while (page.length === PAGE_SIZE);
    },
  };

  async function restore(name: JobName, chunks: readonly OpenChunk[]): Promise<void> {
    const restored = await producer.restore(name, chunks);
    metrics.restored.inc(restored.length);
    for (const chunk of restored) logger.info(chunk, 'chunk had no job: enqueued again');
    if (restored.length > 0) logger.warn({ restored: restored.length }, 'open chunks had no job: enqueued again');
  }
}
