import { InvalidArgumentError } from 'commander';

import type { FileFields } from '../kinds/file-fields.ts';
import { nearest } from './nearest.ts';
import { quote } from './text.ts';

type TextOfFields = Record<string, string>;

/**
 * Parses the value of `--map`, such as `message_id=InvoiceNo,revenue=Quantity*UnitPrice`. A comma belongs to the name
 * of a column unless a field and `=` follow it.
 *
 * @throws InvalidArgumentError if a pair is not valid, names an unknown field or repeats one
 */
export function parseMap({ fields, examples }: FileFields, pairs: string): TextOfFields {
  return parsePairs(Object.keys(fields), pairs, examples.map);
}

/**
 * Parses the value of `--default`, such as `attribution_type=migration,payout=0`. A comma belongs to a value unless a
 * field and `=` follow it.
 *
 * @throws InvalidArgumentError if a pair is not valid, names an unknown field or repeats one
 */
export function parseDefault({ fields, examples }: FileFields, pairs: string): TextOfFields {
  return parsePairs(Object.keys(fields), pairs, examples.default);
}

function parsePairs(fields: readonly string[], pairs: string, example: string): TextOfFields {
  const parsed: TextOfFields = {};
  const beforeField = new RegExp(String.raw`,(?=\s*(?:${fields.join('|')})\s*=)`);
  for (const pair of pairs.split(beforeField)) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined || value.trim() === '') {
      throw new InvalidArgumentError(`${quote(pair)} does not have the form of ${example}.`);
    }
    const field = name.trim();
    if (!fields.includes(field)) {
      throw new InvalidArgumentError(
        `There is no field ${quote(field)}; did you mean ${nearest(field, fields)}? The fields are ${fields.join(', ')}.`,
      );
    }
    if (parsed[field] !== undefined) throw new InvalidArgumentError(`${field} occurs twice.`);
    parsed[field] = value;
  }
  return parsed;
}
