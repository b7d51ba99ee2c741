import { ChunkRef, type Task } from '@trackly/contract';
import { Type, type Static } from '@sinclair/typebox';

/** The data of a job: its chunk, and the request that created it. Never records: the queue holds no customer data. */
export const ChunkJob = Type.Composite([ChunkRef, Type.Object({ requestId: Type.String() })]);
export type ChunkJob = Static<typeof ChunkJob>;

/** The BullMQ name of a job: the task and the kind of import. */
export type JobName<Kind extends string = string> = `${Task}-${Kind}-chunk`;

export function jobName<Kind extends string>(task: Task, kind: Kind): JobName<Kind> {
  return `${task}-${kind}-chunk`;
}

/** An attempt at a job: its first delivery, a retry, or a delivery after the former worker was killed. */
export interface Attempt {
  /** From 1. */
  number: number;
  /** Milliseconds since the job was added to the queue. */
  jobAgeMs: number;
}

/**
 * Thrown by a handler that cannot do its job now, because others are at work: the job is delivered again later. That is no
 * failed attempt.
 */
export class NotYetError extends Error {
  override readonly name = 'NotYetError';
}

/** Does a job. Its result is shown with the completed job. */
export type JobHandler = (data: ChunkJob, attempt: Attempt) => Promise<object>;

export type JobHandlers = ReadonlyMap<string, JobHandler>;

/** The id of a chunk's job. Always the same for a chunk, so that adding a job twice adds it once. */
export function chunkJobId(name: JobName, { importId, chunkIndex }: ChunkRef): string {
  return `${name}-${importId}-${chunkIndex}`;
}

const IMPORT_ID = /-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})-\d+$/;

/** The import of a job id that {@link chunkJobId} made. */
export function importIdOf(jobId: string): string | undefined {
  return IMPORT_ID.exec(jobId)?.[1];
}
