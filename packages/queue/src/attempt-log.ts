import type { ChunkJob } from './catalog.ts';

/** Limits the text of an error to about a line. */
const LONGEST_TEXT = 500;

/** The line about a failed attempt in the log of its job: time, error and, if known, the chunk. */
export function failureLine(attempt: number, chunk: ChunkJob | undefined, error: unknown, now = new Date()): string {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_TEXT);
  const failure = `${now.toISOString()} attempt ${attempt} failed: ${text}`;
  if (!chunk) return failure;
  const { accountId, importId, chunkIndex, requestId } = chunk;
  return `${failure} | account ${accountId} | import ${importId} | chunk ${chunkIndex} | request ${requestId}`;
}
