import type { Decimal } from 'decimal.js';

import { Exact } from '../exact.ts';

/** Far more digits than any amount has: anything longer is not meant as a number. */
const MOST_DIGITS = 100;
const PLAIN = /^-?\d+(?:\.\d+)?$/;

const UNGROUPED = /^-?\d+(?:,\d+)?$/;
const GROUPED = /^-?[1-9]\d{0,2}([.\s'’])\d{3}(?:\1\d{3})*(?:,\d+)?$/;
const SEPARATORS = /[.\s'’]/g;

/**
 * Reads an amount with a decimal comma: `1.234,56`, `1 234,56` (with any kind of space), `1'234,56` or `1234,56`.
 *
 * @returns a plain decimal, or undefined if the text has none of these forms
 */
export function readDecimalComma(text: string): string | undefined {
  const trimmed = text.trim();
  if (!UNGROUPED.test(trimmed) && !GROUPED.test(trimmed)) return undefined;
  return trimmed.replaceAll(SEPARATORS, '').replace(',', '.');
}

/** Reads a factor of a product as an exact number; undefined if it is not a plain decimal. */
export function readFactor(value: unknown, hasDecimalComma: boolean): Decimal | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? new Exact(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = hasDecimalComma ? readDecimalComma(value) : value.trim();
  return text !== undefined && text.length <= MOST_DIGITS && PLAIN.test(text) ? new Exact(text) : undefined;
}

/** Multiplies one or more factors exactly, and returns a plain decimal without exponent. */
export function multiply(factors: readonly Decimal[]): string {
  return factors.reduce((product, factor) => product.times(factor), new Exact(1)).toFixed();
}

/** Adds the zero before the point that some platforms omit and the API requires. */
export function completeAmount(value: unknown): unknown {
  return typeof value === 'string' && /^\s*\.\d+\s*$/.test(value) ? `0${value.trim()}` : value;
}
