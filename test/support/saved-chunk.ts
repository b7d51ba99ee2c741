import { expect } from 'vitest';

/** What saving a chunk returns if all of its records are saved, for `toEqual`. */
export function savedChunk(successCount: number) {
  return {
    saved: true,
    successCount,
    skippedCount: 0,
    errorCount: 0,
    errorCodes: {},
    notKeptCount: 0,
    // How many they are is for the tests of storage.
    rowBytes: expect.any(Number),
  };
}
