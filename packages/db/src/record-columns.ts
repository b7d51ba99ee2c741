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
