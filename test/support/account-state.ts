import { countDrift, openDatabase } from '@trackly/db';
import type pg from 'pg';

import type { TestAccount } from './catalog.ts';
import type { TestDatabase } from './database.ts';
import { PATIENT } from './limits.ts';

export interface ContactStats {
  revenue_total: string;
  conversion_count: number;
  /** In UTC, to the microsecond. */
  last_revenue_at: string | null;
}

export interface AccountState {
  /** Revenue rows. */
  rows: number;
  /** In the order in which the contacts were added. */
  contacts: ContactStats[];
}

/** What imports change of an account. */
export async function readAccountState(sql: pg.Pool, account: TestAccount): Promise<AccountState> {
  const records = await sql.query<{ rows: number }>(
    'SELECT count(*)::integer AS rows FROM revenue_records WHERE account_id = $1',
    [account.id],
  );
  const contacts = await sql.query<ContactStats>(
    `SELECT
       revenue_total::text, conversion_count,
       to_char(last_revenue_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS last_revenue_at
     FROM list_contacts
     WHERE account_id = $1
     ORDER BY id`,
    [account.id],
  );
  return { rows: records.rows[0]?.rows ?? 0, contacts: contacts.rows };
}

/** How many contacts' stats are not what their rows say. */
export async function readDrift(database: TestDatabase, account: TestAccount): Promise<number> {
  const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
  try {
    return await countDrift(db, account.id);
  } finally {
    await db.$disconnect();
  }
}
