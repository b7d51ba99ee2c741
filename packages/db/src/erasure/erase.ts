import { setTimeout as delay } from 'node:timers/promises';

import type { Database } from '../client.ts';
import { countOpenChunksWith } from './count-open-chunks.ts';
import { eraseKeptRecords } from './erase-kept-records.ts';
import { erasePerson, type ErasedRows } from './erase-person.ts';

export interface Erasure extends ErasedRows {
  /** Imports and chunks whose kept records or errors mentioned the number. */
  ledgerEntries: number;
  /** Open chunks that still mention the number, because they were not completed in time. */
  openChunks: number;
}

const LOOK_EVERY_MS = 500;

/**
 * Erases a person from an account: contacts, custom fields, and what the ledger keeps. Records that are accepted, but not
 * saved yet, are waited for: they would bring the person back.
 *
 * @param patienceMs how long to wait for them
 */
export async function eraseContact(
  db: Database,
  { accountId, phoneNumber, patienceMs }: { accountId: string; phoneNumber: string; patienceMs: number },
): Promise<Erasure> {
  const end = Date.now() + patienceMs;
  const erasure: Erasure = { removed: 0, anonymized: 0, ledgerEntries: 0, openChunks: 0 };
  for (;;) {
    erasure.openChunks = await countOpenChunksWith(db, accountId, phoneNumber);
    // After the look: a chunk that is completed by now has saved its records, one that is open is waited for.
    const { removed, anonymized } = await erasePerson(db, accountId, phoneNumber);
    erasure.removed += removed;
    erasure.anonymized += anonymized;
    erasure.ledgerEntries += await eraseKeptRecords(db, accountId, phoneNumber);
    if (erasure.openChunks === 0 || Date.now() >= end) return erasure;
    await delay(LOOK_EVERY_MS);
  }
}
