import { Type } from '@sinclair/typebox';

declare global {
  interface JSON {
    /** Makes a value that JSON.stringify writes unchanged. https://github.com/tc39/proposal-json-parse-with-source */
    rawJSON(text: string): RawJson;
  }
}

declare const rawJson: unique symbol;

/** A number that JSON.stringify writes with all of its digits, for sums with more digits than a double holds. */
export interface RawJson {
  readonly [rawJson]: true;
}

export const ExactNumber = Type.Unsafe<RawJson>(
  Type.Number({
    minimum: 0,
    format: 'decimal',
    description: 'An exact sum. It can have more than 15 digits: parse it as a decimal.',
  }),
);

/** @param decimal a plain decimal, such as "46.24" */
export function exactNumber(decimal: string): RawJson {
  return JSON.rawJSON(decimal);
}
