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
   * Saves a chunk in the same way, but rejects the records that would make a total exceed its column with `save_error`.
   * A kind with totals needs this: to find such records one by one takes a thousand times as long as to save them, and
   * anybody can send as many as they like.
   *
   * @param tx a transaction
   */
  saveFitting?: (tx: Statements, chunk: ChunkRef, isTrial: boolean) => Promise<SavedChunk | undefined>;
  /**
   * Counts what people should know about the records that a dry run has saved, before it is rolled back. Zeros are left
   * out of the answer.
   */
  countNotices?(db: Statements, ref: ImportRef): Promise<Notices>;
  /** Counts an account's contacts whose stats differ from the rows of this kind. For checks: it reads all of these rows. */
  countDrift?(db: Database, accountId: string): Promise<number>;
  /** Undoes a chunk; see `undoChunk` and, for a kind that is undone as a whole, `undoWhole`. */
  undoChunk(db: Database, chunk: ChunkRef, batchSize: number): Promise<UndoneChunk | undefined>;
}
