import { Type, type Static } from '@sinclair/typebox';

import { ExactNumber } from '../exact-number.ts';

/** By what revenue can be added up. */
export const reportDimensions = ['day', 'month', 'offer', 'list', 'attribution_type', 'import'] as const;
export type ReportDimension = (typeof reportDimensions)[number];
const ReportDimensionSchema = Type.Unsafe<ReportDimension>({
  type: 'string',
  enum: [...reportDimensions],
  description:
    'What the rows are about. A row names it in a field of its own, which the filter of the same name takes.',
});

/** PostgreSQL text cannot hold U+0000, so nothing is called that. */
const name = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, pattern: String.raw`^[^\u0000]*$`, description }));
const text = (description: string) => Type.Optional(Type.String({ description }));

export const RevenueReportQuery = Type.Object(
  {
    by: ReportDimensionSchema,
    from: text('Only what occurred at this time or later: an ISO 8601 date or date-time, UTC without a zone.'),
    to: text('Only what occurred before this time: an ISO 8601 date or date-time, UTC without a zone.'),
    day: text('Only this day, such as 2025-11-15, in UTC.'),
    month: text('Only this month, such as 2025-11, in UTC.'),
    offer: name(128, 'Only the offer of this id.'),
    list: name(255, 'Only the list of this number.'),
    attribution_type: name(64, 'Only this attribution type.'),
    import: text('Only what the import of this id has brought.'),
    cursor: Type.Optional(Type.String({ minLength: 1, description: 'Goes on where a page ended: its next_cursor.' })),
    limit: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 1000,
      description: 'Rows of a page, at most. CSV has no pages: it has all rows from the cursor on.',
    }),
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
const only = (by: ReportDimension) => `In a report by ${by}.`;
const orGone = (what: string, by: ReportDimension) =>
  Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: `${only(by)} Null for ${what} that are not in the catalog any more.`,
    }),
  );

/**
 * What is added up is named by a field that says what it is, in the words of the rest of the API: so a row can be read
 * without the request, and a CSV file of them has a header that means something.
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
        description: `${only('offer')} Null for offers without one, and for those not in the catalog any more.`,
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

/** A page of what an account's revenue adds up to, in the order of what the rows are about. */
export const RevenueReport = Type.Object(
  {
    by: ReportDimensionSchema,
    from: timeOrNull('From when on, the day or month that was asked for included; null: from the beginning.'),
    to: timeOrNull('Before when; null: to the end.'),
    rows: Type.Array(ReportRow),
    total: Type.Object(sums, { description: 'Of all rows, whatever the page.' }),
    next_cursor: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'For the next page; null on the last one.',
    }),
  },
  { title: 'RevenueReport' },
);
export type RevenueReport = Static<typeof RevenueReport>;
