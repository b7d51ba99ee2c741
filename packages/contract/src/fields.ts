import { Type } from '@sinclair/typebox';

import { MAX_AMOUNT } from './amount.ts';
import { MAX_JSON_DEPTH } from './stored-value.ts';
import { TIMESTAMP_PATTERN } from './timestamp.ts';

/**
 * PostgreSQL text can hold neither NUL nor unpaired surrogates (\p{Cs}). Lengths count code points, as in PostgreSQL.
 */
const characters = (most: number, least = 1) => String.raw`[^\u0000\p{Cs}]{${least},${most}}`;

/** The most characters that the id of a message or an offer may have, and an offer's external id. */
export const LONGEST_ID = 255;

/** A text that identifies something: not empty, and not only white space. */
export function identifier(most: number, description: string) {
  return Type.String({ pattern: String.raw`^(?=\s*\S)${characters(most)}$`, description });
}

/** A text that is not empty. */
export function text(most: number, options: { default?: string; description: string }) {
  return Type.String({ pattern: `^${characters(most)}$`, ...options });
}

/** A text that may be empty. */
export function anyText(most: number, description: string) {
  return Type.String({ pattern: `^${characters(most, 0)}$`, description });
}

/** A text that matches a regular expression. */
export function pattern(expression: string, description: string) {
  return Type.String({ pattern: expression, description });
}

/** One of several texts. */
export function oneOf(values: readonly string[], options: { default?: string; description: string }) {
  return Type.Unsafe<string>({ type: 'string', enum: [...values], ...options });
}

/** An amount of money. */
export function amount(description: string) {
  return Type.Union(
    [Type.Number({ minimum: 0, maximum: MAX_AMOUNT }), Type.String({ pattern: String.raw`^\d+(\.\d+)?$` })],
    {
      description: `${description} A number, or a plain decimal string for more than 15 digits. Rounded half up to 4 decimals.`,
    },
  );
}

/** A point in time. */
export function timestamp(description: string) {
  return Type.String({ pattern: TIMESTAMP_PATTERN, description });
}

/** True or false. */
export function flag(options: { default?: boolean; description: string }) {
  return Type.Boolean(options);
}

/** A whole number. */
export function integer(options: { minimum: number; maximum?: number; default?: number; description: string }) {
  return Type.Integer({ maximum: Number.MAX_SAFE_INTEGER, ...options });
}

/** An object with any content: a field of the type `json`, which bounds it. */
export function jsonObject(mostBytes: number, description: string) {
  const bounds =
    `At most ${mostBytes.toLocaleString('en')} bytes of JSON without white space, nested at most ${MAX_JSON_DEPTH} deep, ` +
    'without NUL and unpaired surrogates. Numbers have at most 15 digits and no exponent: write others as strings.';
  return Type.Object({}, { additionalProperties: true, description: `${description} ${bounds}` });
}
