import { Exact } from '../../exact.ts';

/**
 * A number of a JSON file that has other digits, or other ones than String() gives it, once it is a number here. It is
 * no string either, because how strings write amounts varies.
 */
export class JsonNumber {
  /** Its digits as in the file; a plain decimal in place of an exponent. */
  readonly text: string;

  constructor(text: string) {
    this.text = withoutExponent(text);
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** The digits of a number of a JSON file; undefined if the value is something else. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return value instanceof JsonNumber ? value.text : undefined;
}

/** No amount has more digits. A number with a larger exponent stays as it is, and is no valid value of any field. */
const MOST_DIGITS = 400;

function withoutExponent(text: string): string {
  const [, exponent] = /[eE]([+-]?\d+)$/.exec(text) ?? [];
  if (exponent === undefined || text.length > MOST_DIGITS || Math.abs(Number(exponent)) > MOST_DIGITS) return text;
  return new Exact(text).toFixed();
}

/**
 * Finds values whose text may differ from String(value): with an exponent, more than 15 digits, a zero at the end of the
 * fraction, a tiny value or a negative zero. Finds some texts in strings, too, which only costs time.
 */
const NOT_AS_PARSED = /["\s]:\s*-?\d(?:[\d.]{15}|[\d.]*[eE]|\d*\.\d*0[\s,}]|\.0{6}|(?<=-0)[\s,}])/;

/** A string or a number in valid JSON. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

/** Puts all numbers in a valid JSON text in quotes; undefined if String() gives each number its text anyway. */
export function quoteNumbers(json: string): string | undefined {
  if (!NOT_AS_PARSED.test(json)) return undefined;
  return json.replaceAll(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`));
}
