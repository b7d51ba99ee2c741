import type { ChunkRef } from '@trackly/contract';

import type { Database } from './client.ts';
import { DatabaseError } from './database-error.ts';
import type { Kind } from './kinds/kind.ts';
import type { SavedChunk } from './kinds/save.ts';
import { inTransaction } from './transaction.ts';

/**
 * Saves a chunk. If a total would exceed its column, rejects the records for which there is no room.
 *
 * @returns undefined if there is no such chunk
 * @throws DatabaseError of the kind `data` if the chunk cannot be saved for another reason
 */
export async function saveWhatFits(db: Database, kind: Kind<string>, chunk: ChunkRef): Promise<SavedChunk | undefined> {
  try {
    return await kind.saveChunk(db, chunk);
  } catch (error) {
    const { saveFitting } = kind;
    if (!saveFitting || !(error instanceof DatabaseError) || error.kind !== 'data') throw error;
    return inTransaction(db, async (tx) => ({ value: await saveFitting(tx, chunk, false), isKept: true }));
  }
}
