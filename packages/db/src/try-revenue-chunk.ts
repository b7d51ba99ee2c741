import type { ChunkRef } from '@trackly/contract';

import type { Database } from './client.ts';
import { DatabaseError } from './database-error.ts';
import { completeTrial } from './statements/complete-trial.ts';
import { giveUpRecord } from './statements/give-up-record.ts';
import { lockTrial } from './statements/lock-trial.ts';
import { readAttempt, type Attempt } from './statements/read-attempt.ts';
import { saveRevenueChunk } from './statements/save-revenue-chunk.ts';
import { splitChunk } from './statements/split-chunk.ts';
import { inTransaction, type Statements } from './transaction.ts';

export interface TriedChunk extends Pick<Attempt, 'successCount' | 'errors'> {
  isDryRun: boolean;
  /** Whether its records are saved now. */
  saved: boolean;
}

/**
 * Saves the one chunk of an atomic import, or of a dry run, as any other chunk is saved, in a transaction that is rolled
 * back unless an atomic import has come through whole: so what a rehearsal says is what the import does. The outcome goes
 * into the ledger either way.
 *
 * @param isRecordsFault whether a record is to blame for the failure of a statement
 * @returns undefined when the chunk is not open
 */
export async function tryRevenueChunk(
  db: Database,
  chunk: ChunkRef,
  isRecordsFault: (error: DatabaseError) => boolean,
): Promise<TriedChunk | undefined> {
  const tried = await inTransaction(db, async (tx) => {
    const trial = await lockTrial(tx, chunk);
    if (!trial) return { value: undefined, isKept: false };
    await saveInPieces(tx, chunk, isRecordsFault);
    const attempt = await readAttempt(tx, chunk);
    const isWhole = attempt.errors.length === 0 && !trial.hasRejected;
    const isKept = isWhole && !trial.isDryRun;
    const outcome = isWhole || !trial.isAtomic ? attempt : { ...attempt, successCount: 0, revenueTotal: '0' };
    return { value: { isDryRun: trial.isDryRun, isKept, outcome }, isKept };
  });
  if (!tried) return undefined;
  const { isDryRun, isKept, outcome } = tried;
  if (!isKept) await completeTrial(db, chunk, outcome);
  return { isDryRun, saved: isKept, successCount: outcome.successCount, errors: outcome.errors };
}

/** Saves what can be saved: when records cannot be saved together, halves them until a single one is left. */
async function saveInPieces(
  tx: Statements,
  chunk: ChunkRef,
  isRecordsFault: (error: DatabaseError) => boolean,
): Promise<void> {
  await tx.$executeRaw`SAVEPOINT piece`;
  try {
    await saveRevenueChunk(tx, chunk, true);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !isRecordsFault(error)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT piece`;
    const second = await splitChunk(tx, chunk);
    if (!second) {
      await giveUpRecord(tx, chunk);
      return;
    }
    await saveInPieces(tx, chunk, isRecordsFault);
    await saveInPieces(tx, { ...chunk, chunkIndex: second.chunkIndex }, isRecordsFault);
  }
}
