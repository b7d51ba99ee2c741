import type { ChunkRef, ImportKind, KindSpec } from '@trackly/contract';

import type { Database } from '../client.ts';
import type { Statements } from '../transaction.ts';
import type { SavedChunk } from './save.ts';
import type { UndoneChunk } from './undo.ts';

/** A kind of import, as the engine needs it: what its records are, and the statements that save and remove them. */
export interface Kind<Name extends string = ImportKind> {
  spec: KindSpec<Name>;
  /** Saves a chunk; see `saveChunk`. */
  saveChunk(db: Statements, chunk: ChunkRef, isTrial?: boolean): Promise<SavedChunk | undefined>;
  /** Removes what a chunk has brought; see `undoChunk`. */
  undoChunk(db: Database, chunk: ChunkRef, batchSize: number): Promise<UndoneChunk | undefined>;
}
