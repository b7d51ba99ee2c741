import { Type, type Static, type TSchema } from '@sinclair/typebox';

import { MAX_AMOUNT } from '../amount.ts';
import { TIMESTAMP_PATTERN } from '../timestamp.ts';

export const MAX_RECORDS = 1000;

const orNull = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** PostgreSQL text holds neither NUL nor unpaired surrogates (\p{Cs}); lengths count code points, as it does. */
const characters = (most: number) => String.raw`[^\u0000\p{Cs}]{1,${most}}`;
const identifier = (most: number, description: string) =>
  Type.String({ pattern: String.raw`^(?=\s*\S)${characters(most)}$`, description });

const amount = (description: string) =>
  Type.Union([Type.Number({ minimum: 0, maximum: MAX_AMOUNT }), Type.String({ pattern: String.raw`^\d+(\.\d+)?$` })], {
    description: `${description} A number, or a plain decimal string for amounts past 15 digits; rounded half up to 4 decimals.`,
  });

/** The fields of a record. Null in an optional field counts as absent; fields not named here are ignored. */
export const recordFields = {
  message_id: identifier(64, 'The message that brought the revenue.'),
  offer_id: identifier(128, "The offer's id, or its external_id."),
  revenue: amount('Revenue of the conversion.'),
  payout: amount('Payout of the conversion.'),
  attribution_type: Type.String({
    pattern: `^${characters(64)}$`,
    default: 'sale',
    description: 'What kind of conversion it was.',
  }),
  timestamp: Type.String({
    pattern: TIMESTAMP_PATTERN,
    description: 'ISO 8601 date or date-time; UTC without a zone; the time of the request when absent.',
  }),
};

export const RevenueRecord = Type.Object(
  {
    message_id: recordFields.message_id,
    offer_id: recordFields.offer_id,
    revenue: recordFields.revenue,
    payout: orNull(recordFields.payout),
    attribution_type: orNull(recordFields.attribution_type),
    timestamp: orNull(recordFields.timestamp),
  },
  { title: 'RevenueRecord' },
);
export type RevenueRecord = Static<typeof RevenueRecord>;

/** How an import is to be done. Both together rehearse an atomic import. */
export const RevenueImportQuery = Type.Object(
  {
    dry_run: Type.Boolean({
      default: false,
      description: 'Rehearses the import: the same answer, and nothing is saved.',
    }),
    atomic: Type.Boolean({ default: false, description: 'Saves all records or, if one of them fails, none.' }),
  },
  { additionalProperties: false },
);
export type RevenueImportQuery = Static<typeof RevenueImportQuery>;

export const RevenueImportRequest = Type.Object(
  { records: Type.Array(RevenueRecord, { minItems: 1, maxItems: MAX_RECORDS }) },
  { title: 'RevenueImportRequest' },
);
export type RevenueImportRequest = Static<typeof RevenueImportRequest>;
