import { Type, type Static, type TSchema } from '@sinclair/typebox';

import { AMOUNT_FORMS } from './amount-forms.ts';

const text = Type.String({ minLength: 1, description: 'text' });
const column = Type.Union([text, Type.Array(text, { minItems: 1 })], {
  description:
    'the name of a column, a product of columns (Quantity*UnitPrice), a date and a time (Day+Time) ' +
    'or a list of names that it may have',
});

/** A quote, or the word for files without quotes. */
export const QUOTE = /^(?:[^\w\s]|none)$/;
export const ESCAPE = /^[^\w\s]$/;

function forFields<T extends TSchema>(fields: readonly string[], schema: T) {
  const properties = Type.Partial(Type.Object(Object.fromEntries(fields.map((field) => [field, schema]))), {
    additionalProperties: false,
    default: {},
    description: 'an object with fields of a record',
  });
  return Type.Unsafe<Partial<Record<string, Static<T>>>>(properties);
}

/** The schema of the options that describe how a file writes records with these fields, and of preset files. */
export function mappingOptions(fields: readonly string[]) {
  return Type.Object(
    {
      /** A column, or the columns of a product or of a date and a time, must exist; of a list, the first that does is used. */
      map: forFields(fields, column),
      /**
       * Values for records in which the field is missing or empty: times as in the file, or `now` for the time when the
       * service accepts the record; others in the form that the API takes.
       */
      default: forFields(fields, text),
      /** Delimiter of CSV; detected from the header if absent. */
      delimiter: Type.Optional(text),
      /** Quote of CSV, or `none`. If it is given, lines within quoted cells may look like rows. */
      quote: Type.Optional(Type.String({ pattern: QUOTE.source, description: 'one character or none' })),
      /** Stands before quotes within quoted cells of CSV, instead of doubling them. */
      escape: Type.Optional(Type.String({ pattern: ESCAPE.source, description: 'one character' })),
      /** How many lines to leave out at the beginning. */
      skip_lines: Type.Optional(Type.Integer({ minimum: 0, description: 'a number of lines' })),
      /** Conditions on the rows to import: `COLUMN=VALUE` or `COLUMN!=VALUE`. */
      where: Type.Optional(Type.Array(text, { description: 'a list of conditions such as Status=paid' })),
      /** IANA name of the time zone of times without one; UTC if absent. */
      timezone: Type.Optional(text),
      /** Tokens of luxon, or `X` for seconds and `x` for milliseconds since 1970, or `excel` for Excel's days. */
      date_format: Type.Optional(text),
      /** Country of phone numbers without a country code, such as DE or US. */
      default_country: Type.Optional(text),
      /** How amounts are written; as plain decimals if absent. */
      amounts: Type.Optional(
        Type.Union(
          AMOUNT_FORMS.map((form) => Type.Literal(form)),
          { description: "us (1,234.50), eu (1.234,50) or ch (1'234.50)" },
        ),
      ),
      /** The former name of `amounts: eu`. */
      decimal_comma: Type.Optional(Type.Boolean({ description: 'true or false' })),
    },
    { additionalProperties: false, description: 'an object' },
  );
}
export type MappingOptions = Static<ReturnType<typeof mappingOptions>>;
