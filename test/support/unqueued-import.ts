import { acceptImport, kinds, openDatabase } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';

import type { TestAccount } from './catalog.ts';
import { checkedRecords } from './checked-records.ts';
import type { TestDatabase } from './database.ts';

export interface UnqueuedImport {
  requestId?: string;
  /** Default: long enough ago for the reconciler. */
  acceptedAt?: Date;
}

/**
 * Puts an import of one record into the ledger and nothing into the queue, as an API does that dies in between.
 *
 * @returns its id
 */
export async function acceptUnqueued(
  database: TestDatabase,
  account: TestAccount,
  { requestId = 'test', acceptedAt = new Date(Date.now() - 60_000) }: UnqueuedImport = {},
): Promise<string> {
  const importId = uuidv7({ msecs: acceptedAt.getTime() });
  const records = checkedRecords(kinds.revenue.spec, [{ message_id: 'm0', offer_id: 'o0', revenue: 1 }]);
  const added = {
    kind: kinds.revenue.spec,
    requestId,
    recordCount: 1,
    chunks: [records],
    rejected: [],
    virtualTime: 0,
  };
  const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test' });
  try {
    await acceptImport(db, { accountId: account.id, importId, ...added });
  } finally {
    await db.$disconnect();
  }
  await database.sql.query('UPDATE imports SET created_at = $1 WHERE id = $2', [acceptedAt, importId]);
  return importId;
}
