import { Exact } from '../exact.ts';
import type { AmountForm } from './amount-forms.ts';
import { CURRENCY, nameCurrency } from './currency.ts';

/** An amount that was read from a text. */
export interface Amount {
  /** A plain decimal, with a minus sign if it is negative. */
  decimal: string;
  /** The currency that is written beside the number. */
  currency?: string;
}

/** What the API takes. Nearly all amounts are like this, so they are read fast. */
const PLAIN = /^\d+(?:\.\d+)?$/;
const WITH_COMMA = /^\d+(?:,\d+)?$/;

const POINT = String.raw`\d+\.?\d*|\.\d+`;
const NUMBERS = {
  plain: { syntax: new RegExp(`^(?:${POINT})$`), mark: '.' },
  us: { syntax: new RegExp(String.raw`^(?:${POINT}|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?)$`), mark: '.' },
  eu: { syntax: /^(?:\d+,?\d*|,\d+|[1-9]\d{0,2}([.\s'’])\d{3}(?:\1\d{3})*(?:,\d*)?)$/, mark: ',' },
  ch: { syntax: new RegExp(String.raw`^(?:${POINT}|[1-9]\d{0,2}([\s'’])\d{3}(?:\1\d{3})*(?:\.\d*)?)$`), mark: '.' },
};

/** Any longer text that is not plain digits is not meant as an amount. */
const LONGEST = 200;
/** What is before the number, the number with its separators, and what is after it. */
const PARTS = /^(\D*?)([.,]?\d(?:[\d.,'’\s]*[\d.,])?)(\D.*)?$/s;
const BEFORE = new RegExp(String.raw`^(?:([-+−–(])\s*(${CURRENCY})?|(${CURRENCY})\s*([-+−–(])?)?\s*$`, 'u');
const AFTER = new RegExp(String.raw`^\s*(?:([-−–)])\s*(${CURRENCY})?|(${CURRENCY})\s*([-−–)])?)?$`, 'u');
/** What is before and after an amount that has a sign. */
const SIGNS = new Map([
  ['', ''],
  ['+', ''],
  ['-', '-'],
  ['−', '-'],
  ['–', '-'],
  ['()', '-'],
]);

/**
 * Reads an amount: a number of the given form, or a plain decimal if there is no form, with a sign or a currency before
 * or after it. Decimals lose no digit, and those that the API takes are returned as they are.
 *
 * @returns undefined if the text is not such an amount
 */
export function readAmount(text: string, form?: AmountForm): Amount | undefined {
  const trimmed = text.trim();
  if (form !== 'eu' && PLAIN.test(trimmed)) return { decimal: trimmed };
  if (form === 'eu' && WITH_COMMA.test(trimmed)) return { decimal: trimmed.replace(',', '.') };
  const [, before = '', number = '', after = ''] = (trimmed.length <= LONGEST && PARTS.exec(trimmed)) || [];
  const [head, tail] = [BEFORE.exec(before), AFTER.exec(after)];
  if (!head || !tail || isUnclear(before, number, after)) return undefined;

  const sign = SIGNS.get(`${head[1] ?? head[4] ?? ''}${tail[1] ?? tail[4] ?? ''}`);
  const { syntax, mark } = NUMBERS[form ?? 'plain'];
  if (sign === undefined || !syntax.test(number)) return undefined;

  const [integer = '', fraction = ''] = number.split(mark).map((digits) => digits.replaceAll(/\D/g, ''));
  const digits = `${integer || '0'}${fraction && '.'}${fraction}`;
  const currencies = [head[2] ?? head[3], tail[2] ?? tail[3]].filter((written) => written !== undefined);
  return {
    decimal: `${/[1-9]/.test(digits) ? sign : ''}${digits}`,
    ...(currencies.length > 0 && { currency: currencies.map(nameCurrency).join(' ') }),
  };
}

/**
 * Whether a point belongs to an abbreviation rather than to the number, as in Rs.500, or a dash stands for the decimals,
 * as in 5,-.
 */
function isUnclear(before: string, number: string, after: string): boolean {
  return (/\p{L}$/u.test(before) && /^[.,]/.test(number)) || (/[.,]$/.test(number) && /^\s*[-−–]/.test(after));
}

/** Multiplies one or more plain decimals exactly, and returns a plain decimal without exponent. */
export function multiply(factors: readonly string[]): string {
  return factors.reduce((product, factor) => product.times(factor), new Exact(1)).toFixed();
}
