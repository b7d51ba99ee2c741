import type { ChunkRef } from '@trackly/contract';

import type { Database } from './client.ts';
import { DatabaseError } from './database-error.ts';
import type { Kind } from './kinds/kind.ts';
import { countTrial } from './statements/count-trial.ts';
import { completeTrial } from './statements/complete-trial.ts';
import { rejectRecord } from './statements/reject-record.ts';
import { lockTrial } from './statements/lock-trial.ts';
import { readTrialOutcome, type TrialOutcome } from './statements/read-trial-outcome.ts';
import { splitChunk } from './statements/split-chunk.ts';
import { inTransaction, type Statements } from './transaction.ts';

export interface TriedChunk extends Pick<TrialOutcome, 'successCount' | 'skippedCount' | 'errors'> {
  isDryRun: boolean;
  /** Rejected records that are not kept. */
  notKeptCount: number;
  /** Whether the records are saved. */
  saved: boolean;
}

/** Of an atomic import that is not saved, only the rejected records are left. */
const NOTHING_SAVED = { successCount: 0, skippedCount: 0, totals: {}, warnings: null };

/**
 * Tries a trial: saves its chunk like any other chunk, in a transaction, and commits only an atomic import without
 * rejected records. So a dry run reports what an import would do. Writes the outcome to the ledger in either case.
 *
 * @param isRecordsFault whether a record has caused the failure of a statement
 * @returns undefined if the chunk is not open
 */
export async function tryChunk(
  db: Database,
  kind: Kind<string>,
  chunk: ChunkRef,
  isRecordsFault: (error: DatabaseError) => boolean,
): Promise<TriedChunk | undefined> {
  const done = await inTransaction(db, async (tx) => {
    const trial = await lockTrial(tx, chunk);
    if (!trial) return { value: undefined, isKept: false };
    const rowBytes = await saveInPieces(tx, kind, chunk, isRecordsFault);
    const tried = await readTrialOutcome(tx, chunk);
    const isWhole = tried.errors.length === 0 && !trial.hasRejected;
    const isKept = isWhole && !trial.isDryRun;
    const isSaved = isWhole || !trial.isAtomic;
    const notKeptCount = tried.notices['records_not_kept'] ?? 0;
    const notSaved = { ...NOTHING_SAVED, notices: { records_not_kept: notKeptCount } };
    const counted = trial.isDryRun && isSaved ? await kind.countNotices?.(tx, chunk) : undefined;
    const outcome = isSaved ? { ...tried, notices: { ...tried.notices, ...counted } } : { ...tried, ...notSaved };
    if (isKept) await countTrial(tx, chunk, rowBytes);
    return { value: { isDryRun: trial.isDryRun, isKept, notKeptCount, outcome }, isKept };
  });
  if (!done) return undefined;
  const { isDryRun, isKept, notKeptCount, outcome } = done;
  if (!isKept) await completeTrial(db, kind.spec, chunk, outcome);
  const { successCount, skippedCount, errors } = outcome;
  return { isDryRun, saved: isKept, successCount, skippedCount, errors, notKeptCount };
}

/**
 * Saves what can be saved: if records cannot be saved together, halves the chunk down to single records.
 *
 * @returns estimated bytes of the saved rows
 */
async function saveInPieces(
  tx: Statements,
  kind: Kind<string>,
  chunk: ChunkRef,
  isRecordsFault: (error: DatabaseError) => boolean,
): Promise<number> {
  await tx.$executeRaw`SAVEPOINT piece`;
  const { saveFitting } = kind;
  const attempts = [
    () => kind.saveChunk(tx, chunk, true),
    ...(saveFitting ? [() => saveFitting(tx, chunk, true)] : []),
  ];
  for (const attempt of attempts) {
    try {
      return (await attempt())?.rowBytes ?? 0;
    } catch (error) {
      if (!(error instanceof DatabaseError) || !isRecordsFault(error)) throw error;
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT piece`;
    }
  }
  const second = await splitChunk(tx, kind.spec, chunk);
  if (!second) {
    await rejectRecord(tx, kind.spec, chunk, true);
    return 0;
  }
  const first = await saveInPieces(tx, kind, chunk, isRecordsFault);
  return first + (await saveInPieces(tx, kind, { ...chunk, chunkIndex: second.chunkIndex }, isRecordsFault));
}
