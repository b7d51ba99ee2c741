import { recordErrorCodes } from '@trackly/contract';
import { DatabaseError, type Database } from '@trackly/db';
import { StalledError } from '@trackly/queue';
import { addCounter, addPoolMetrics, createMetrics } from '@trackly/runtime';
import { Counter, Histogram, type Registry } from 'prom-client';

export interface WorkerMetrics {
  registry: Registry;
  saved: Counter;
  skipped: Counter;
  rejected: Counter<'code'>;
  notKept: Counter;
  inQueue: Histogram;
  saving: Histogram;
  retries: Counter<'cause'>;
  splits: Counter;
  restored: Counter;
  removedImports: Counter;
  removed: Counter;
}

/** Buckets from a chunk of one record on an idle machine to the statement timeout. */
const STATEMENT_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];

/** Buckets from an empty queue to the backlog of a night. */
const QUEUE_SECONDS = [0.005, 0.01, 0.025, 0.1, 0.25, 1, 2.5, 10, 25, 60, 300, 1_800, 7_200];

const CAUSES = ['unreachable', 'uncertain', 'rolled_back', 'unexpected', 'stalled', 'other'] as const;

/** The metrics of a worker process. Labels have few values: never an account, an import or a request. */
export function createWorkerMetrics(db: Pick<Database, 'poolUse'>): WorkerMetrics {
  const registry = createMetrics();
  const registers = [registry];
  addPoolMetrics(registry, () => db.poolUse());

  return {
    registry,
    rejected: addCounter(registry, {
      name: 'trackly_records_rejected_total',
      help: 'Rejected records, by code.',
      label: 'code',
      values: recordErrorCodes,
    }),
    retries: addCounter(registry, {
      name: 'trackly_chunk_retries_total',
      help: 'Failed attempts at a chunk, including those whose worker was killed, by cause.',
      label: 'cause',
      values: CAUSES,
    }),
    notKept: new Counter({
      name: 'trackly_records_not_kept_total',
      help: 'Rejected records that are counted, but not kept, because they are too large or too many.',
      registers,
    }),
    saved: new Counter({
      name: 'trackly_records_saved_total',
      help: 'Saved records.',
      registers,
    }),
    skipped: new Counter({
      name: 'trackly_records_skipped_total',
      help: 'Records that were there already, and are unchanged.',
      registers,
    }),
    removed: new Counter({
      name: 'trackly_records_removed_total',
      help: 'Records removed because their import was undone.',
      registers,
    }),
    inQueue: new Histogram({
      name: 'trackly_chunk_queue_duration_seconds',
      help: 'Time from adding the job of a chunk to the first attempt at it, in seconds.',
      buckets: QUEUE_SECONDS,
      registers,
    }),
    saving: new Histogram({
      name: 'trackly_chunk_statement_duration_seconds',
      help: 'Time that saving, trying or undoing a chunk took in the database, in seconds, failed attempts included.',
      buckets: STATEMENT_SECONDS,
      registers,
    }),
    splits: new Counter({
      name: 'trackly_chunk_splits_total',
      help: 'Splits of chunks whose records could not be saved together.',
      registers,
    }),
    restored: new Counter({
      name: 'trackly_reconciler_restored_jobs_total',
      help: 'Jobs that the reconciler added for open chunks without one.',
      registers,
    }),
    removedImports: new Counter({
      name: 'trackly_imports_removed_total',
      help: 'Completed imports removed from the ledger because of their age.',
      registers,
    }),
  };
}

/** Classifies why an attempt failed. */
export function causeOf(error: Error): (typeof CAUSES)[number] {
  if (error instanceof StalledError) return 'stalled';
  return error instanceof DatabaseError && error.kind !== 'data' ? error.kind : 'other';
}
