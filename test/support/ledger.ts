import { openDatabase, type Database } from '@trackly/db';
import { afterEach, beforeEach } from 'vitest';

import { addSmallCatalog, type TestAccount } from './catalog.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { PATIENT } from './limits.ts';

export interface Ledger {
  database: TestDatabase;
  /** The product's own connections to the database. */
  db: Database;
  /** Has the small catalog. */
  account: TestAccount;
  /** Disposed of after the test. */
  cleanup: AsyncDisposableStack;
}

export interface LedgerOptions {
  /** Default: 4 connections. */
  poolSize?: number;
  /** What PostgreSQL calls the connections. */
  applicationName?: string;
}

/** Gives each test of the calling suite a database of its own, for calling statements without API and workers. */
export function useLedger({ poolSize = 4, applicationName = 'test' }: LedgerOptions = {}): () => Ledger {
  let ledger: Ledger | undefined;

  beforeEach(async () => {
    const cleanup = new AsyncDisposableStack();
    const database = cleanup.use(await createDatabase());
    const db = openDatabase({ url: database.url, poolSize, applicationName, ...PATIENT });
    cleanup.defer(() => db.$disconnect());
    ledger = { database, db, account: await addSmallCatalog(database.sql), cleanup };
  });
  afterEach(() => ledger?.cleanup.disposeAsync());

  return () => {
    if (!ledger) throw new Error('The test has not started yet.');
    return ledger;
  };
}
