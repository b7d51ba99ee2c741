import { InvalidArgumentError } from 'commander';

import { fields, isField, type Field } from './fields.ts';
import { nearest } from './nearest.ts';
import { quote } from './text.ts';

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
