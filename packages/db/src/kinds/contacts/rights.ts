import type { TableRights } from '../../rights.ts';

/** The functions that the statements of contacts call. */
export const contactsFunctions: readonly string[] = ['find_list_contacts', 'merge_custom_fields', 'compact_json_bytes'];

/** What the statements of contacts do with tables. */
export const contactsRights: TableRights = {
  contacts_chunk_records: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  contacts: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  list_contacts: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  list_contact_details: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  sending_lists: ['SELECT'],
};
