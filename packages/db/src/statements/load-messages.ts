import type { Database } from '../client.ts';

export interface MessageRow {
  messageId: string;
  listNumber: string;
  phoneNumber: string;
  /** An ISO 8601 timestamp with its zone. */
  sentAt: string;
}

/**
 * Adds messages with the lists and contacts that they name, as far as they are not there yet. Four sets in one
 * transaction, each leaving alone what exists.
 *
 * @returns how many messages were added
 */
export async function loadMessages(db: Database, accountId: bigint, rows: readonly MessageRow[]): Promise<number> {
  const messageIds = rows.map((row) => row.messageId);
  const listNumbers = rows.map((row) => row.listNumber);
  const phoneNumbers = rows.map((row) => row.phoneNumber);
  const sentAts = rows.map((row) => row.sentAt);

  const counts = await db.$transaction([
    db.$executeRaw`
      INSERT INTO sending_lists (account_id, list_number)
      SELECT DISTINCT ${accountId}::bigint, list_number FROM unnest(${listNumbers}::text[]) AS list_number
      ON CONFLICT (account_id, list_number) DO NOTHING`,
    db.$executeRaw`
      INSERT INTO contacts (account_id, phone_number)
      SELECT DISTINCT ${accountId}::bigint, phone_number FROM unnest(${phoneNumbers}::text[]) AS phone_number
      ON CONFLICT (account_id, phone_number) DO NOTHING`,
    db.$executeRaw`
      INSERT INTO list_contacts (account_id, sending_list_id, contact_id)
      SELECT DISTINCT ${accountId}::bigint, sending_lists.id, contacts.id
      FROM unnest(${listNumbers}::text[], ${phoneNumbers}::text[]) AS row (list_number, phone_number)
      JOIN sending_lists USING (list_number)
      JOIN contacts USING (phone_number)
      WHERE sending_lists.account_id = ${accountId}::bigint AND contacts.account_id = ${accountId}::bigint
      ON CONFLICT (account_id, sending_list_id, contact_id) DO NOTHING`,
    db.$executeRaw`
      INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
      SELECT ${accountId}::bigint, row.message_id, list_contacts.id, row.sent_at::timestamptz
      FROM unnest(${messageIds}::text[], ${listNumbers}::text[], ${phoneNumbers}::text[], ${sentAts}::text[])
        AS row (message_id, list_number, phone_number, sent_at)
      JOIN sending_lists USING (list_number)
      JOIN contacts USING (phone_number)
      JOIN list_contacts
        ON list_contacts.account_id = ${accountId}::bigint
        AND list_contacts.sending_list_id = sending_lists.id
        AND list_contacts.contact_id = contacts.id
      WHERE sending_lists.account_id = ${accountId}::bigint AND contacts.account_id = ${accountId}::bigint
      ON CONFLICT (account_id, public_id) DO NOTHING`,
  ]);
  return counts[3];
}
