import type { TableRights } from '../../rights.ts';

/** What the statements of revenue do with tables. */
export const revenueRights: TableRights = {
  revenue_chunk_records: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  revenue_records: ['SELECT', 'INSERT', 'DELETE'],
  list_contacts: ['SELECT', 'UPDATE'],
  messages: ['SELECT'],
  offers: ['SELECT'],
  sending_lists: ['SELECT'],
};
