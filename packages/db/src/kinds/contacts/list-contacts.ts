import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';

/** The filters of a list of contacts. */
export interface ContactFilters {
  listNumber: string | undefined;
  phoneNumber: string | undefined;
  isActive: boolean | undefined;
}

export interface ContactPageOptions {
  accountId: string;
  filters: ContactFilters;
  /** How many contacts come before the page. */
  offset: number;
  /** Maximum number of contacts. */
  count: number;
}

/** A contact on a list, with its stats. */
export interface ContactRow {
  id: bigint;
  contactId: bigint;
  /** Null: erased. */
  phoneNumber: string | null;
  listNumber: string;
  isActive: boolean;
  signupDate: Date | null;
  signupMethod: string | null;
  ipAddress: string | null;
  url: string | null;
  customFields: object | null;
  sendCount: number;
  lastSentAt: Date | null;
  /** A plain decimal. */
  revenueTotal: string;
  conversionCount: number;
  lastRevenueAt: Date | null;
}

const NEWEST_FIRST = Prisma.raw('signup_date DESC NULLS LAST, id DESC');

/**
 * Reads a page of an account's contacts, the latest sign-up first; those whose date is not known come last. Only index
 * entries are read of the contacts before the page, so the time depends on how far the page is, and not on how many
 * contacts there are.
 */
export async function listContacts(db: Database, options: ContactPageOptions): Promise<ContactRow[]> {
  const { accountId, filters, offset, count } = options;
  return db.$queryRaw<ContactRow[]>`
    /* list-contacts */
    WITH page AS MATERIALIZED (
      SELECT id
      FROM (${matching(accountId, filters, offset + count)}) AS found
      ORDER BY ${NEWEST_FIRST}
      OFFSET ${offset}::integer LIMIT ${count}::integer
    )
    SELECT
      member.id,
      contact.id AS "contactId",
      contact.phone_number AS "phoneNumber",
      list.list_number AS "listNumber",
      member.active AS "isActive",
      member.signup_date AS "signupDate",
      member.signup_method AS "signupMethod",
      details.ip_address AS "ipAddress",
      details.url,
      details.custom_fields AS "customFields",
      member.send_count AS "sendCount",
      member.last_sent_at AS "lastSentAt",
      trim_scale(member.revenue_total)::text AS "revenueTotal",
      member.conversion_count AS "conversionCount",
      member.last_revenue_at AS "lastRevenueAt"
    FROM page
    JOIN list_contacts AS member ON member.account_id = ${accountId}::bigint AND member.id = page.id
    JOIN contacts AS contact ON contact.account_id = member.account_id AND contact.id = member.contact_id
    JOIN sending_lists AS list ON list.account_id = member.account_id AND list.id = member.sending_list_id
    LEFT JOIN list_contact_details AS details
      ON details.account_id = member.account_id AND details.list_contact_id = member.id
    ORDER BY member.signup_date DESC NULLS LAST, member.id DESC`;
}

/** Counts an account's contacts, up to `most`. Reads an index only. */
export async function countContacts(
  db: Database,
  { accountId, filters, most }: Pick<ContactPageOptions, 'accountId' | 'filters'> & { most: number },
): Promise<number> {
  const [found] = await db.$queryRaw<{ count: number }[]>`
    /* count-contacts */
    SELECT count(*)::integer AS count
    FROM (SELECT FROM (${matching(accountId, filters, most)}) AS found LIMIT ${most}::integer) AS counted`;
  return found?.count ?? 0;
}

/** A SELECT of id and signup_date of the first contacts that match, in the order of an index, or of all on few lists. */
function matching(accountId: string, filters: ContactFilters, most: number): Prisma.Sql {
  const { listNumber, phoneNumber, isActive } = filters;
  const ofList =
    listNumber === undefined
      ? Prisma.empty
      : Prisma.sql`AND member.sending_list_id = (
          SELECT list.id FROM sending_lists AS list
          WHERE list.account_id = ${accountId}::bigint AND list.list_number = ${listNumber}
        )`;
  const states = isActive === undefined ? [true, false] : [isActive];
  if (phoneNumber !== undefined) {
    return Prisma.sql`
      SELECT member.id, member.signup_date
      FROM contacts AS contact
      JOIN list_contacts AS member ON member.account_id = contact.account_id AND member.contact_id = contact.id
      WHERE contact.account_id = ${accountId}::bigint
        AND contact.phone_number = ${phoneNumber}
        AND member.active IN (${Prisma.raw(states.join(', '))})
        ${ofList}`;
  }
  // One part of the index for each state, so that none is read through for contacts of the other.
  const parts = states.map(
    (state) => Prisma.sql`(
      SELECT member.id, member.signup_date
      FROM list_contacts AS member
      WHERE member.account_id = ${accountId}::bigint AND member.active = ${Prisma.raw(String(state))} ${ofList}
      ORDER BY ${NEWEST_FIRST}
      LIMIT ${most}::integer
    )`,
  );
  return Prisma.join(parts, ' UNION ALL ');
}
