import type { TableRights } from '../../rights.ts';

/** What the statements of sends do with tables. */
export const sendsRights: TableRights = {
  sends_chunk_records: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  messages: ['SELECT', 'INSERT', 'DELETE'],
  contacts: ['SELECT', 'INSERT', 'DELETE'],
  list_contacts: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  list_contact_details: ['SELECT', 'DELETE'],
  sending_lists: ['SELECT'],
  revenue_records: ['SELECT'],
};

/** The functions that they call. */
export const sendsFunctions: readonly string[] = ['find_sent_before'];
