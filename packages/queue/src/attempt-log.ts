import type { ChunkJob } from './catalog.ts';

/** An error's text says what happened in a line; more than this is not a line. */
const LONGEST_TEXT = 500;

/** The line that a failed attempt leaves in its job's log: when, what failed and, if it is known, whose chunk it was. */
export function failureLine(attempt: number, chunk: ChunkJob | undefined, error: unknown, now = new Date()): string {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_TEXT);
  const failure = `${now.toISOString()} attempt ${attempt} failed: ${text}`;
  if (!chunk) return failure;
  const { accountId, importId, chunkIndex, requestId } = chunk;
  return `${failure} | account ${accountId} | import ${importId} | chunk ${chunkIndex} | request ${requestId}`;
}
