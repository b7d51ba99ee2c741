import type { ImportRef, Notices } from '@trackly/contract';

import type { Statements } from '../../transaction.ts';

/** Counts the saved records of an import that are dated before their message was sent. */
export async function countRevenueNotices(db: Statements, { accountId, importId }: ImportRef): Promise<Notices> {
  const [row] = await db.$queryRaw<{ datedBeforeMessage: number }[]>`
    /* count-revenue-notices */
    SELECT count(*)::integer AS "datedBeforeMessage"
    FROM revenue_records AS record
    JOIN messages AS message ON message.account_id = record.account_id AND message.id = record.message_id
    WHERE record.account_id = ${accountId}::bigint
      AND record.import_id = ${importId}::uuid
      AND record.occurred_at < message.sent_at`;
  return { dated_before_message: row?.datedBeforeMessage ?? 0 };
}
