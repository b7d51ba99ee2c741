import { JsonNumber } from '../files/json/number.ts';

const LONGEST_SHOWN = 40;

/** Formats a value of a file for a message: in quotes, on one line, shortened to 40 characters. */
export function quote(value: unknown): string {
  const text =
    typeof value === 'string' || value instanceof JsonNumber ? String(value) : (JSON.stringify(value) ?? String(value));
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}

/** Joins names: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}
