import type { ReportDimension } from '@trackly/contract';

import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';

/** What is counted in: all of it without filters. */
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
  /** The key that the rows begin after; undefined: at the first one. */
  after: string | undefined;
  /** Rows, at most. */
  count: number;
}

export interface ReportSums {
  recordCount: number;
  /** Exact, as plain decimals. */
  revenue: string;
  payout: string;
}

export interface ReportRow extends ReportSums {
  /** A date, a month, a public id; empty for offers and lists that are not in the catalog any more. */
  key: string;
  /** Of an offer. */
  name: string | null;
  /** Of an offer that has one. */
  externalId: string | null;
}

export interface RevenueSums {
  /** By key, in the order of its bytes. */
  rows: ReportRow[];
  /** Of all rows, those before and after these too. */
  total: ReportSums;
}

/** A row of the page, or none of it: the total is there all the same. */
interface FoundRow extends Omit<ReportRow, 'key'> {
  key: string | null;
  totalRecordCount: number;
  totalRevenue: string;
  totalPayout: string;
}

/** By what records are added up, and how that is called: looked up once for each sum, not for each record. */
interface Dimension {
  id: string;
  /** What `id` needs beside the record. */
  owner?: string;
  key: string;
  name?: string;
  externalId?: string;
  /** What these need beside the sum. */
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
    // For each record, and still in half the time that it takes to add up for each contact first: those are too many.
    owner: `
      LEFT JOIN list_contacts AS contact
        ON contact.account_id = record.account_id AND contact.id = record.list_contact_id`,
    key: 'sending_lists.list_number',
    names: 'LEFT JOIN sending_lists ON sending_lists.account_id = part.account_id AND sending_lists.id = part.id',
  },
  attribution_type: { id: 'record.attribution_type', key: 'part.id' },
  import: { id: 'record.import_id', key: 'part.id::text' },
};

/** Adds up what an account's revenue records hold, by a dimension. Payouts that were not given count as none. */
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

    -- Ordered by bytes, so that a cursor means the same on every server.
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

    -- There may be more records than an integer holds; a double is exact up to nine quadrillions.
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

/** Only those that are asked for: each is planned with what it is compared to. */
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
