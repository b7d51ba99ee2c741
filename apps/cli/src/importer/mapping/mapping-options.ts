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

/** What a file's columns mean and how it writes things, for records with these fields; also what a preset file holds. */
export function mappingOptions(fields: readonly string[]) {
  return Type.Object(
    {
      /** A column or a product of columns must be there; of a list of names the first one that is there counts. */
      map: forFields(fields, column),
      /** As the API takes them, for records that have nothing in this field. */
      default: forFields(fields, text),
      /** Between the cells of CSV; found in the header when absent. */
      delimiter: Type.Optional(text),
      /** Of times that name no zone: an IANA name. UTC when absent. */
      timezone: Type.Optional(text),
      /** In tokens of luxon; `X` is seconds and `x` milliseconds since 1970. */
      date_format: Type.Optional(text),
      /** Amounts are written as in 1.234,56. */
      decimal_comma: Type.Optional(Type.Boolean({ description: 'true or false' })),
    },
    { additionalProperties: false, description: 'an object' },
  );
}
export type MappingOptions = Static<ReturnType<typeof mappingOptions>>;
