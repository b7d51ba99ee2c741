import type { ChunkRef, ImportKind, ImportRef, KindSpec, Notices } from '@trackly/contract';

import type { Database } from '../client.ts';
import type { Statements } from '../transaction.ts';
import type { SavedChunk } from './save.ts';
import type { UndoneChunk } from './undo.ts';

/**
 * What the engine knows about a kind of import: its specification, and the statements that save and undo its records.
 */
export interface Kind<Name extends string = ImportKind> {
  spec: KindSpec<Name>;
  /** Saves a chunk; see `saveChunk`. */
  saveChunk(db: Statements, chunk: ChunkRef, isTrial?: boolean): Promise<SavedChunk | undefined>;
  /**
   * Counts what people should know about the records that a dry run has saved, before it is rolled back. Zeros are left
   * out of the answer.
   */
  countNotices?(db: Statements, ref: ImportRef): Promise<Notices>;
  /** Undoes a chunk; see `undoChunk`. */
  undoChunk(db: Database, chunk: ChunkRef, batchSize: number): Promise<UndoneChunk | undefined>;
}
