import { Prisma } from './generated/client.ts';

const columns = [
  'record_indexes',
  'message_refs',
  'offer_refs',
  'revenues',
  'payouts',
  'attribution_types',
  'occurred_ats',
];

/** The columns of an open chunk's records, an array for each field, as a list. */
export const RECORD_COLUMNS = Prisma.raw(columns.join(', '));

/** What an UPDATE sets in them when the chunk is completed. */
export const NO_RECORDS = Prisma.raw(columns.map((column) => `${column} = NULL`).join(', '));

/** What an UPDATE sets beside that when nothing of the chunk is to be saved any more. */
export const STOPPED = Prisma.raw(`
  completed_at = clock_timestamp(), success_count = 0, revenue_total = 0, errors = '[]', failed_records = '[]'`);

/** Where a statement has the fields of one record, as SQL. */
export interface RecordFields {
  messageRef: string;
  offerRef: string;
  revenue: string;
  payout: string;
  attributionType: string;
  occurredAt: string;
}

/** A record as a client could send it, as JSON. */
export function recordAsJson(fields: RecordFields): Prisma.Sql {
  const { messageRef, offerRef, revenue, payout, attributionType, occurredAt } = fields;
  return Prisma.raw(`json_strip_nulls(json_build_object(
    'message_id', ${messageRef},
    'offer_id', ${offerRef},
    'revenue', trim_scale(${revenue}),
    'payout', trim_scale(${payout}),
    'attribution_type', ${attributionType},
    'timestamp', to_char(${occurredAt} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  ))`);
}
