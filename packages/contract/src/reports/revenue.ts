import { Type, type Static } from '@sinclair/typebox';

import { ExactNumber } from '../exact-number.ts';
import { LONGEST_ID } from '../fields.ts';
import { Formulas } from '../formulas.ts';

/** The dimensions by which revenue can be added up. */
export const reportDimensions = ['day', 'month', 'offer', 'list', 'attribution_type', 'import'] as const;
export type ReportDimension = (typeof reportDimensions)[number];
const ReportDimensionSchema = Type.Unsafe<ReportDimension>({
  type: 'string',
  enum: [...reportDimensions],
  description:
    'The dimension of the rows. Each row has a field for it. The filter of the same name accepts the values of this field.',
});

/** Excludes U+0000, which PostgreSQL text cannot hold. */
const name = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, pattern: String.raw`^[^\u0000]*$`, description }));
const text = (description: string) => Type.Optional(Type.String({ description }));

export const RevenueReportQuery = Type.Object(
  {
    by: ReportDimensionSchema,
    from: text('Records from this time on (inclusive): an ISO 8601 date or date-time, UTC if it has no zone.'),
    to: text('Records before this time (exclusive): an ISO 8601 date or date-time, UTC if it has no zone.'),
    day: text('Records of this day in UTC, such as 2025-11-15.'),
    month: text('Records of this month in UTC, such as 2025-11.'),
    offer: name(LONGEST_ID, 'Records of the offer with this id.'),
    list: name(255, 'Records of the list with this number.'),
    attribution_type: name(64, 'Records with this attribution type.'),
    import: text('Records of the import with this id.'),
    cursor: Type.Optional(Type.String({ minLength: 1, description: 'The next_cursor of the page before.' })),
    limit: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 1000,
      description: 'Maximum number of rows on a page. CSV has no pages: it has all rows from the cursor on.',
    }),
    formulas: Formulas,
  },
  { additionalProperties: false },
);
export type RevenueReportQuery = Static<typeof RevenueReportQuery>;

const sums = {
  record_count: Type.Integer({ minimum: 0 }),
  revenue: ExactNumber,
  payout: ExactNumber,
};

const timeOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description });
const only = (by: ReportDimension) => `Only in a report by ${by}.`;
const orGone = (what: string, by: ReportDimension) =>
  Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: `${only(by)} Null for ${what} that no longer exist.`,
    }),
  );

/**
 * The key of a row is in a field with the name that the rest of the API uses. So rows can be understood without the
 * request, and a CSV file has a meaningful header.
 */
const ReportRow = Type.Object(
  {
    day: Type.Optional(Type.String({ format: 'date', description: only('day') })),
    month: Type.Optional(Type.String({ description: `${only('month')} Such as 2025-11.` })),
    offer_id: orGone('offers', 'offer'),
    name: orGone('offers', 'offer'),
    external_id: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: `${only('offer')} Null for offers without one, and for those that no longer exist.`,
      }),
    ),
    list_number: orGone('contacts', 'list'),
    attribution_type: Type.Optional(Type.String({ description: only('attribution_type') })),
    import_id: Type.Optional(Type.String({ format: 'uuid', description: only('import') })),
    ...sums,
  },
  { title: 'RevenueReportRow' },
);
export type RevenueReportRow = Static<typeof ReportRow>;

/** A page of a report on an account's revenue, sorted by the dimension. */
export const RevenueReport = Type.Object(
  {
    by: ReportDimensionSchema,
    from: timeOrNull('Start of the period (inclusive), after applying day and month; null if it is open.'),
    to: timeOrNull('End of the period (exclusive); null if it is open.'),
    rows: Type.Array(ReportRow),
    total: Type.Object(sums, { description: 'Sums of all rows on all pages.' }),
    next_cursor: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'The cursor of the next page; null on the last page.',
    }),
  },
  { title: 'RevenueReport' },
);
export type RevenueReport = Static<typeof RevenueReport>;
