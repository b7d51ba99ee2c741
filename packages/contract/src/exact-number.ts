import { Type } from '@sinclair/typebox';

declare global {
  interface JSON {
    /** Text that JSON.stringify writes as it is. https://github.com/tc39/proposal-json-parse-with-source */
    rawJSON(text: string): RawJson;
  }
}

declare const rawJson: unique symbol;

/** A number that is written digit by digit, for sums with more digits than a double can hold. */
export interface RawJson {
  readonly [rawJson]: true;
}

export const ExactNumber = Type.Unsafe<RawJson>(
  Type.Number({
    minimum: 0,
    format: 'decimal',
    description: 'An exact sum: read it as a decimal when it has more than 15 digits.',
  }),
);

/** @param decimal a plain decimal, such as "46.24" */
export function exactNumber(decimal: string): RawJson {
  return JSON.rawJSON(decimal);
}
