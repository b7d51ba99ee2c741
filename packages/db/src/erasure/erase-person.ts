import { addUsage } from '../account-usage.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { CONTACT_BYTES, detailsBytes, LIST_CONTACT_BYTES } from '../kinds/contacts/stored-bytes.ts';
import { takeTurn } from '../kinds/take-turn.ts';
import { UNDO_TIMEOUT_MS } from '../kinds/undo.ts';
import { inTransaction } from '../transaction.ts';

export interface ErasedRows {
  /** List contacts that are removed, because nothing refers to them. */
  removed: number;
  /** List contacts that messages or revenue refer to: only their sums are left. */
  anonymized: number;
}

const bytes = detailsBytes({
  customFields: 'details.custom_fields',
  ipAddress: 'details.ip_address',
  url: 'details.url',
});

/**
 * Removes a person from an account's contacts, custom fields included. Where messages or revenue refer to the person, a
 * contact without a number stays, on each of its lists, so that sums and stats stay right.
 */
export async function erasePerson(db: Database, accountId: string, phoneNumber: string): Promise<ErasedRows> {
  return inTransaction(db, async (tx) => {
    // Whoever adds contacts, messages or revenue has the turn.
    await takeTurn(tx, { accountId }, UNDO_TIMEOUT_MS);
    const [erased] = await tx.$queryRaw<ErasedRows[]>(Prisma.sql`
      /* erase-person */
      WITH contact AS MATERIALIZED (
        SELECT id, import_id
        FROM contacts
        WHERE account_id = ${accountId}::bigint AND phone_number = ${phoneNumber}
      ),
      member AS MATERIALIZED (
        SELECT
          list_contact.id, list_contact.import_id,
          list_contact.send_count > 0 OR list_contact.conversion_count > 0 AS is_referred_to
        FROM contact
        JOIN list_contacts AS list_contact
          ON list_contact.account_id = ${accountId}::bigint AND list_contact.contact_id = contact.id
      ),
      removed_details AS (
        DELETE FROM list_contact_details AS details
        USING member
        WHERE details.account_id = ${accountId}::bigint AND details.list_contact_id = member.id
        RETURNING ${Prisma.raw(bytes)} AS stored_bytes
      ),
      removed AS (
        DELETE FROM list_contacts
        USING member
        WHERE list_contacts.account_id = ${accountId}::bigint
          AND list_contacts.id = member.id
          AND NOT member.is_referred_to
        RETURNING list_contacts.id
      ),
      anonymized AS (
        UPDATE list_contacts
        SET
          active = false, signup_date = NULL, signup_method = NULL,
          import_id = NULL, record_index = NULL, changed_import_ids = NULL
        FROM member
        WHERE list_contacts.account_id = ${accountId}::bigint
          AND list_contacts.id = member.id
          AND member.is_referred_to
        RETURNING list_contacts.id
      ),
      -- Removed below, once no list contact refers to it any more.
      nameless AS (
        UPDATE contacts
        SET phone_number = NULL, import_id = NULL, record_index = NULL
        FROM contact
        WHERE contacts.account_id = ${accountId}::bigint AND contacts.id = contact.id
      ),
      counted AS (${addUsage(Prisma.sql`
        SELECT
          ${accountId}::bigint, 0,
          -(SELECT coalesce(sum(stored_bytes), 0) FROM removed_details)
            - (SELECT count(*) FROM member WHERE import_id IS NOT NULL) * ${LIST_CONTACT_BYTES}::integer
            - (SELECT count(*) FROM contact WHERE import_id IS NOT NULL) * ${CONTACT_BYTES}::integer
        WHERE EXISTS (SELECT FROM contact)`)}
      )
      SELECT
        (SELECT count(*)::integer FROM removed) AS removed,
        (SELECT count(*)::integer FROM anonymized) AS anonymized`);
    await tx.$executeRaw`
      /* remove-nameless-contacts */
      DELETE FROM contacts AS contact
      WHERE contact.account_id = ${accountId}::bigint
        AND contact.phone_number IS NULL
        AND NOT EXISTS (
          SELECT FROM list_contacts AS member
          WHERE member.account_id = contact.account_id AND member.contact_id = contact.id
        )`;
    return { value: erased ?? { removed: 0, anonymized: 0 }, isKept: true };
  });
}
