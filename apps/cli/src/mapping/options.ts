import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { InvalidArgumentError } from 'commander';

import { fields, isField, type Field } from './fields.ts';
import { nearest } from './nearest.ts';
import { quote } from './text.ts';

const text = Type.String({ minLength: 1, description: 'text' });
const column = Type.Union([text, Type.Array(text, { minItems: 1 })], {
  description: 'the name of a column, a product of columns (Quantity*UnitPrice) or a list of names that it may have',
});

function forFields<T extends TSchema>(schema: T) {
  const properties = {
    message_id: schema,
    offer_id: schema,
    revenue: schema,
    payout: schema,
    attribution_type: schema,
    timestamp: schema,
  } satisfies Record<Field, T>;
  return Type.Partial(Type.Object(properties), {
    additionalProperties: false,
    default: {},
    description: 'an object with fields of a record',
  });
}

/** What a file's columns mean and how it writes things; also what a preset file holds. */
export const MappingOptions = Type.Object(
  {
    /** A column or a product of columns must be there; of a list of names the first one that is there counts. */
    map: forFields(column),
    /** As the API takes them, for records that have nothing in this field. */
    default: forFields(text),
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
export type MappingOptions = Static<typeof MappingOptions>;

type TextOfFields = Partial<Record<Field, string>>;

/**
 * Reads the value of `--map`, such as `message_id=InvoiceNo,revenue=Quantity*UnitPrice`. A comma belongs to the name of
 * a column unless a field and `=` follow it.
 *
 * @throws InvalidArgumentError saying what is wrong
 */
export function parseMap(pairs: string): TextOfFields {
  return parsePairs(pairs, 'message_id=InvoiceNo,revenue=Quantity*UnitPrice');
}

/**
 * Reads the value of `--default`, such as `attribution_type=migration,payout=0`. A comma belongs to a value unless a
 * field and `=` follow it.
 *
 * @throws InvalidArgumentError saying what is wrong
 */
export function parseDefault(pairs: string): TextOfFields {
  return parsePairs(pairs, 'attribution_type=migration,payout=0');
}

const BEFORE_FIELD = new RegExp(String.raw`,(?=\s*(?:${fields.join('|')})\s*=)`);

function parsePairs(pairs: string, example: string): TextOfFields {
  const parsed: TextOfFields = {};
  for (const pair of pairs.split(BEFORE_FIELD)) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined || value.trim() === '') {
      throw new InvalidArgumentError(`${quote(pair)} is not like ${example}.`);
    }
    const field = name.trim();
    if (!isField(field)) {
      throw new InvalidArgumentError(
        `There is no field ${quote(field)}; did you mean ${nearest(field, fields)}? The fields are ${fields.join(', ')}.`,
      );
    }
    if (parsed[field] !== undefined) throw new InvalidArgumentError(`${field} is there twice.`);
    parsed[field] = value;
  }
  return parsed;
}
