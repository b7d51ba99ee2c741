import { ChunkRef, keysOf } from '@trackly/contract';
import { Type, type Static, type TSchema } from '@sinclair/typebox';

/** What a job carries: which chunk, and the request that brought it. Never records: a queue holds no customer data. */
export const ChunkJob = Type.Composite([ChunkRef, Type.Object({ requestId: Type.String() })]);
export type ChunkJob = Static<typeof ChunkJob>;

/** The one catalog of job kinds. A kind added here does not compile until the worker has a handler for it. */
export const jobCatalog = {
  'save-revenue-chunk': ChunkJob,
  /** Saves all records of an atomic import or none, or rehearses that. */
  'try-revenue-chunk': ChunkJob,
  'undo-revenue-chunk': ChunkJob,
} as const satisfies Record<string, TSchema>;

export type JobKind = keyof typeof jobCatalog;
export const jobKinds = keysOf(jobCatalog);
export type JobData<K extends JobKind> = Static<(typeof jobCatalog)[K]>;

/** One go at a job: the first delivery, one after a failure, or one after the worker before was killed. */
export interface Attempt {
  /** From 1. */
  number: number;
  /** Milliseconds since the job was added to the queue. */
  jobAgeMs: number;
}

/** One function for each kind of job. What it returns is shown with the completed job. */
export type JobHandlers = { [K in JobKind]: (data: JobData<K>, attempt: Attempt) => Promise<object> };

/** The same for the same chunk, so that a job that is added twice is there once. */
export function chunkJobId(kind: JobKind, { importId, chunkIndex }: ChunkRef): string {
  return `${kind}-${importId}-${chunkIndex}`;
}

const IMPORT_ID = /-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})-\d+$/;

/** The import that a job id of {@link chunkJobId} belongs to. */
export function importIdOf(jobId: string): string | undefined {
  return IMPORT_ID.exec(jobId)?.[1];
}
