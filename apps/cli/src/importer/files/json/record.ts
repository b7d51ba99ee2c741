import type { Row } from '../input.ts';
import { JsonNumber, quoteNumbers } from './number.ts';

type Fields = Record<string, unknown>;

/** Values that are nested deeper have no name of their own. */
const DEEPEST = 8;

/** Text that is not JSON; `reason` says why, without quoting it. */
export class BrokenJson {
  readonly reason: string;
  /** How many characters come before what is wrong; undefined if unknown. */
  readonly position: number | undefined;

  constructor({ message }: SyntaxError) {
    this.reason = message.replace(/( in JSON)?( at position.*|, ".*| "\S*\.\.\..*)$/s, '').replaceAll(/\s+/g, ' ');
    const position = /at position (\d+)/.exec(message)?.[1];
    this.position = position === undefined ? undefined : Number(position);
  }
}

/**
 * Reads the fields of a JSON object. Numbers that would lose digits become JsonNumber. Values in nested objects are
 * there under the names of both, as `properties.revenue`, unless the object has a field of that name.
 *
 * @returns undefined if the text is JSON, but not an object
 */
export function parseRecord(text: string): Row['fields'] | BrokenJson | undefined {
  const value = parse(text);
  if (!isObject(value)) return value instanceof BrokenJson ? value : undefined;
  const quoted = quoteNumbers(text);
  const isNested = text.includes('{', text.indexOf('{') + 1);
  if (quoted !== undefined || isNested) {
    const exact: unknown = quoted === undefined ? undefined : JSON.parse(quoted);
    addFields(value, { to: value, exact: isObject(exact) ? exact : undefined, prefix: '', depth: 1 });
  }
  return value;
}

/** @returns BrokenJson if the text is not JSON */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return new BrokenJson(error);
    throw error;
  }
}

interface Place {
  to: Fields;
  /** The same object, with texts in place of numbers; undefined if all numbers are as exact as their texts. */
  exact: Fields | undefined;
  prefix: string;
  depth: number;
}

function addFields(object: Fields, { to, exact, prefix, depth }: Place): void {
  const isTop = prefix === '';
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (isObject(value) && depth < DEEPEST) {
      const inner = exact?.[key];
      const place = { to, exact: isObject(inner) ? inner : undefined, prefix: `${prefix}${key}.`, depth: depth + 1 };
      addFields(value, place);
    } else if (isTop || !Object.hasOwn(to, prefix + key)) {
      const isInexact = typeof value === 'number' && exact !== undefined;
      to[prefix + key] = isInexact ? toNumber(value, String(exact[key])) : value;
    }
  }
}

function toNumber(value: number, text: string): number | JsonNumber {
  return String(value) === text && !text.includes('e') ? value : new JsonNumber(text);
}

/** The names of all values of these rows, in the order of their appearance. Nested objects are no values. */
export function columnsOf(rows: readonly Row[]): string[] {
  const columns = new Set<string>();
  for (const { fields } of rows) {
    for (const [key, value] of Object.entries(fields)) if (!isFilledObject(value)) columns.add(key);
  }
  return [...columns];
}

function isFilledObject(value: unknown): boolean {
  return isObject(value) && !(value instanceof JsonNumber) && Object.keys(value).length > 0;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
