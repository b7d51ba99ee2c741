import { Exact } from '../exact.ts';
import { JsonNumber } from '../files/json/number.ts';
import { multiply, readAmount, type Amount } from './amount.ts';
import { AMOUNT_FORMS, EXAMPLES, type AmountForm } from './amount-forms.ts';
import type { MappingOptions } from './mapping-options.ts';
import { quote } from './text.ts';
import { Unreadable } from './unreadable.ts';

/** Is told the currency that an amount has, with its column and line. */
export type NoteCurrency = (column: string, currency: string, line: number) => void;

/** Far more digits than any factor has. */
const MOST_DIGITS = 100;

/** The form of a file's amounts; undefined if they are plain decimals. */
export function amountForm({ amounts, decimal_comma }: MappingOptions): AmountForm | undefined {
  return amounts ?? (decimal_comma ? 'eu' : undefined);
}

/**
 * Creates a converter of amounts, or of products if there are several columns. It returns a plain decimal of 0 or more,
 * a number of JSON as it is, or an Unreadable.
 */
export function createAmountConverter(
  columns: readonly string[],
  options: MappingOptions,
  noteCurrency: NoteCurrency,
): (values: readonly unknown[], line: number) => unknown {
  const form = amountForm(options);
  const wanted = `an amount such as ${EXAMPLES[form ?? 'plain']}`;
  const read = (value: unknown, column: string, line: number): string | undefined => {
    const amount = readValue(value, form);
    if (amount?.currency !== undefined) noteCurrency(column, amount.currency, line);
    return amount?.decimal;
  };

  const [column = '', ...others] = columns;
  if (others.length === 0) {
    return ([value], line) => {
      if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
      const decimal = read(value, column, line);
      if (decimal === undefined) return new Unreadable(`must be ${wanted}, not ${quote(value)}.`, advise(value));
      return decimal.startsWith('-') ? refuseNegative(`must be 0 or more, not ${quote(value)}.`) : decimal;
    };
  }

  const product = columns.join('*');
  return (values, line) => {
    const factors: string[] = [];
    for (const [index, name] of columns.entries()) {
      const value = values[index] ?? '';
      const factor = read(value, name, line);
      if (factor === undefined || factor.length > MOST_DIGITS) {
        const advice = factor === undefined ? advise(value) : '';
        return new Unreadable(`is ${product}: ${name} must be ${wanted}, not ${quote(value)}.`, advice);
      }
      factors.push(factor);
    }
    const decimal = multiply(factors);
    return decimal.startsWith('-') ? refuseNegative(`is ${product} and must be 0 or more, not ${decimal}.`) : decimal;
  };
}

function readValue(value: unknown, form: AmountForm | undefined): Amount | undefined {
  if (typeof value === 'string') return readAmount(value, form);
  if (value instanceof JsonNumber) return readAmount(value.text, undefined);
  return typeof value === 'number' && Number.isFinite(value) ? { decimal: new Exact(value).toFixed() } : undefined;
}

function refuseNegative(expected: string): Unreadable {
  return new Unreadable(
    expected,
    'A refund cannot be imported on its own: subtract it from the amount of its sale, and leave this row out.',
    { isUnderstood: true },
  );
}

const E_NOTATION = /^[-+−]?[\d.,]+E[-+]?\d+$/i;

/** What a person can do about a text that is not an amount of the file's form. */
function advise(value: unknown): string {
  if (typeof value !== 'string') return '';
  if (E_NOTATION.test(value.trim())) {
    return 'A spreadsheet has shortened this number: export the column again, as plain numbers with all of their digits.';
  }
  const readings = AMOUNT_FORMS.flatMap((form) => {
    const decimal = readAmount(value, form)?.decimal;
    return decimal === undefined ? [] : [{ form, decimal }];
  });
  const clauses = readings.map(
    ({ form, decimal }, index) => `--amounts ${form}${index > 0 ? '' : ' reads it'} as ${decimal}`,
  );
  return clauses.length > 0 ? `${clauses.join(', ')}.` : '';
}
