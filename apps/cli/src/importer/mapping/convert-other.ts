import { digitsOf, JsonNumber } from '../files/json/number.ts';
import { BrokenJson, isObject, parse } from '../files/json/record.ts';
import { quote } from './text.ts';
import { Unreadable } from './unreadable.ts';

const BOOLEANS: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** Converts a value to true or false. */
export function convertBoolean(value: unknown): boolean | Unreadable {
  if (typeof value === 'boolean') return value;
  return (
    BOOLEANS.get(textOf(value)?.toLowerCase()) ??
    new Unreadable(`must be true or false, yes or no, or 1 or 0, not ${quote(value)}.`)
  );
}

/** Converts a value to a whole number. Programs that know only fractions write 5 as 5.0. */
export function convertInteger(value: unknown): number | Unreadable {
  const text = textOf(value) ?? '';
  const number = Number(text);
  return /^[+-]?\d+(?:\.0*)?$/.test(text) && Number.isSafeInteger(number)
    ? number
    : new Unreadable(`must be a whole number of at most 15 digits, not ${quote(value)}.`);
}

/** Converts the text of a JSON object to the object. */
export function convertJson(value: unknown): object {
  const object = typeof value === 'string' ? parse(value) : value;
  const isReadable = isObject(object) && !(object instanceof BrokenJson) && !(object instanceof JsonNumber);
  return isReadable ? object : new Unreadable(`must be a JSON object such as {"plan":"gold"}, not ${quote(value)}.`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : digitsOf(value);
}
