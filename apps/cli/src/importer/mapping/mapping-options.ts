import { Type, type Static, type TSchema } from '@sinclair/typebox';

const text = Type.String({ minLength: 1, description: 'text' });
const column = Type.Union([text, Type.Array(text, { minItems: 1 })], {
  description: 'the name of a column, a product of columns (Quantity*UnitPrice) or a list of names that it may have',
});

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
      /** A column or a product of columns must exist; of a list of names, the first that exists is used. */
      map: forFields(fields, column),
      /** Values, in the form that the API takes, for records in which the field is missing or empty. */
      default: forFields(fields, text),
      /** Delimiter of CSV; detected from the header if absent. */
      delimiter: Type.Optional(text),
      /** IANA name of the time zone of times without one; UTC if absent. */
      timezone: Type.Optional(text),
      /** Tokens of luxon, or `X` for seconds and `x` for milliseconds since 1970. */
      date_format: Type.Optional(text),
      /** Amounts are written as in 1.234,56. */
      decimal_comma: Type.Optional(Type.Boolean({ description: 'true or false' })),
    },
    { additionalProperties: false, description: 'an object' },
  );
}
export type MappingOptions = Static<ReturnType<typeof mappingOptions>>;
