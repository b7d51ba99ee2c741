import type { ReportDimension } from '@trackly/contract';

import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';

/** The filters of a report. Without filters, all records count. */
export interface ReportFilters {
  /** Inclusive; ISO 8601 with a zone. */
  from: string | undefined;
  /** Exclusive. */
  to: string | undefined;
  /** An offer's public id. */
  offer: string | undefined;
  /** A list's number. */
  list: string | undefined;
  attributionType: string | undefined;
  /** A UUID. */
  importId: string | undefined;
}

export interface ReportOptions {
  accountId: string;
  by: ReportDimension;
  filters: ReportFilters;
  /** Start after the row with this key; undefined: start at the first row. */
  after: string | undefined;
  /** Maximum number of rows. */
  count: number;
}

export interface ReportSums {
  recordCount: number;
  /** Sums are exact plain decimals. */
  revenue: string;
  payout: string;
}

export interface ReportRow extends ReportSums {
  /** A date, a month, a public id; empty for offers and lists that no longer exist. */
  key: string;
  /** Name of the offer, in a report by offer. */
  name: string | null;
  /** External id of the offer, if it has one. */
  externalId: string | null;
}

export interface RevenueSums {
  /** Sorted by the bytes of the key. */
  rows: ReportRow[];
  /** The sums of all rows, including those on other pages. */
  total: ReportSums;
}

/** A row of the page with the total. For an empty page, there is one row with the total only. */
interface FoundRow extends Omit<ReportRow, 'key'> {
  key: string | null;
  totalRecordCount: number;
  totalRevenue: string;
  totalPayout: string;
}

/** The id by which records are grouped, and its names, which are looked up once per group and not per record. */
interface Dimension {
  id: string;
  /** A join with the table that `id` needs, if any. */
  owner?: string;
  key: string;
  name?: string;
  externalId?: string;
  /** A join with the table that key, name and external id need, if any. */
  names?: string;
}

const DAY = `(record.occurred_at AT TIME ZONE 'UTC')::date`;

const dimensions: Record<ReportDimension, Dimension> = {
  day: { id: DAY, key: `to_char(part.id, 'YYYY-MM-DD')` },
  month: { id: DAY, key: `to_char(part.id, 'YYYY-MM')` },
  offer: {
    id: 'record.offer_id',
    key: 'offers.public_id',
    name: 'offers.name',
    externalId: 'offers.external_id',
    names: 'LEFT JOIN offers ON offers.account_id = part.account_id AND offers.id = part.id',
  },
  list: {
    id: 'contact.sending_list_id',
    // A join per record. Adding up per contact first would take twice as long, because there are too many contacts.
    owner: `
      LEFT JOIN list_contacts AS contact
        ON contact.account_id = record.account_id AND contact.id = record.list_contact_id`,
    key: 'sending_lists.list_number',
    names: 'LEFT JOIN sending_lists ON sending_lists.account_id = part.account_id AND sending_lists.id = part.id',
  },
  attribution_type: { id: 'record.attribution_type', key: 'part.id' },
  import: { id: 'record.import_id', key: 'part.id::text' },
};

/** Adds up an account's revenue records by a dimension. A missing payout counts as zero. */
export async function readRevenueReport(db: Database, options: ReportOptions): Promise<RevenueSums> {
  const { accountId, by, filters, after, count } = options;
  const { id, owner = '', key, name = 'NULL', externalId = 'NULL', names = '' } = dimensions[by];
  const found = await db.$queryRaw<FoundRow[]>`
    /* read-revenue-report */
    WITH part AS MATERIALIZED (
      SELECT
        record.account_id,
        ${Prisma.raw(id)} AS id,
        count(*) AS record_count,
        sum(record.revenue) AS revenue,
        coalesce(sum(record.payout), 0) AS payout
      FROM revenue_records AS record ${Prisma.raw(owner)}
      WHERE ${conditions(accountId, filters)}
      GROUP BY record.account_id, ${Prisma.raw(id)}
    ),

    -- Sorted by bytes, so that a cursor means the same on every server.
    report_row AS MATERIALIZED (
      SELECT
        coalesce(${Prisma.raw(key)}, '') COLLATE "C" AS key,
        ${Prisma.raw(name)} AS name,
        ${Prisma.raw(externalId)} AS external_id,
        sum(part.record_count) AS record_count,
        sum(part.revenue) AS revenue,
        sum(part.payout) AS payout
      FROM part
      ${Prisma.raw(names)}
      GROUP BY 1, 2, 3
    ),

    total AS (
      SELECT
        coalesce(sum(record_count), 0) AS record_count,
        coalesce(sum(revenue), 0) AS revenue,
        coalesce(sum(payout), 0) AS payout
      FROM report_row
    ),

    page AS (
      SELECT *
      FROM report_row
      WHERE ${after}::text IS NULL OR key > ${after}
      ORDER BY key
      LIMIT ${count}
    )

    -- An integer may be too small for the number of records; a double is exact up to nine quadrillions.
    SELECT
      page.key,
      page.name,
      page.external_id AS "externalId",
      page.record_count::double precision AS "recordCount",
      trim_scale(page.revenue)::text AS revenue,
      trim_scale(page.payout)::text AS payout,
      total.record_count::double precision AS "totalRecordCount",
      trim_scale(total.revenue)::text AS "totalRevenue",
      trim_scale(total.payout)::text AS "totalPayout"
    FROM total
    LEFT JOIN page ON true
    ORDER BY page.key`;
  const [first] = found;
  return {
    rows: found.flatMap(({ key: rowKey, name: rowName, externalId: rowExternalId, recordCount, revenue, payout }) =>
      rowKey === null ? [] : [{ key: rowKey, name: rowName, externalId: rowExternalId, recordCount, revenue, payout }],
    ),
    total: {
      recordCount: first?.totalRecordCount ?? 0,
      revenue: first?.totalRevenue ?? '0',
      payout: first?.totalPayout ?? '0',
    },
  };
}

/** Contains only the conditions in use, so that PostgreSQL plans the statement for their values. */
function conditions(accountId: string, filters: ReportFilters): Prisma.Sql {
  const { from, to, offer, list, attributionType, importId } = filters;
  const all = [Prisma.sql`record.account_id = ${accountId}::bigint`];
  if (from) all.push(Prisma.sql`record.occurred_at >= ${from}::timestamptz`);
  if (to) all.push(Prisma.sql`record.occurred_at < ${to}::timestamptz`);
  if (attributionType) all.push(Prisma.sql`record.attribution_type = ${attributionType}`);
  if (importId) all.push(Prisma.sql`record.import_id = ${importId}::uuid`);
  if (offer) {
    all.push(Prisma.sql`record.offer_id = (
      SELECT id FROM offers WHERE account_id = ${accountId}::bigint AND public_id = ${offer}
    )`);
  }
  if (list) {
    all.push(Prisma.sql`record.list_contact_id IN (
      SELECT list_contacts.id
      FROM sending_lists
      JOIN list_contacts
        ON list_contacts.account_id = sending_lists.account_id AND list_contacts.sending_list_id = sending_lists.id
      WHERE sending_lists.account_id = ${accountId}::bigint AND sending_lists.list_number = ${list}
    )`);
  }
  return Prisma.join(all, ' AND ');
}
