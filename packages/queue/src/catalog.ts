import { ChunkRef, type Task } from '@trackly/contract';
import { Type, type Static } from '@sinclair/typebox';

/** What a job carries: which chunk, and the request that brought it. Never records: a queue holds no customer data. */
export const ChunkJob = Type.Composite([ChunkRef, Type.Object({ requestId: Type.String() })]);
export type ChunkJob = Static<typeof ChunkJob>;

/** What BullMQ calls a job: what there is to do, and the kind of import. */
export type JobName<Kind extends string = string> = `${Task}-${Kind}-chunk`;

export function jobName<Kind extends string>(task: Task, kind: Kind): JobName<Kind> {
  return `${task}-${kind}-chunk`;
}

/** One go at a job: the first delivery, one after a failure, or one after the worker before was killed. */
export interface Attempt {
  /** From 1. */
  number: number;
  /** Milliseconds since the job was added to the queue. */
  jobAgeMs: number;
}

/** Does a job. What it returns is shown with the completed job. */
export type JobHandler = (data: ChunkJob, attempt: Attempt) => Promise<object>;

export type JobHandlers = ReadonlyMap<string, JobHandler>;

/** The same for the same chunk, so that a job that is added twice is there once. */
export function chunkJobId(name: JobName, { importId, chunkIndex }: ChunkRef): string {
  return `${name}-${importId}-${chunkIndex}`;
}

const IMPORT_ID = /-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})-\d+$/;

/** The import that a job id of {@link chunkJobId} belongs to. */
export function importIdOf(jobId: string): string | undefined {
  return IMPORT_ID.exec(jobId)?.[1];
}
