import type { Row } from '../files/input.ts';
import { digitsOf, JsonNumber } from '../files/json/number.ts';
import { completeAmount, multiply, readDecimalComma, readFactor } from './amount.ts';
import type { FieldType, FileFields } from '../kinds/file-fields.ts';
import { createTimeConverter } from './convert-time.ts';
import type { MappingOptions } from './mapping-options.ts';
import { findSources, NOW, type FileColumns } from './sources.ts';
import { quote } from './text.ts';
import { Unreadable } from './unreadable.ts';
import { createRowFilter, type RowFilter } from './where.ts';

/** Why a value cannot be converted: a code of the API, and what was expected. */
export interface Rejection {
  code: string;
  error: string;
}

/** Converts rows of a file to records for the API. The same row always gives the same record. */
export interface Mapping {
  toRecord: (row: Row['fields']) => { record: Record<string, unknown> } | Rejection;
  /** Whether `--where` selects the row. */
  isWanted: RowFilter['isWanted'];
  /** @throws CommandError if `--where` has selected none of the rows so far */
  checkFound: RowFilter['checkFound'];
  /** Columns that a field comes from or that `--where` reads. */
  usedColumns: ReadonlySet<string>;
  /** The other columns. */
  ignoredColumns: readonly string[];
}

/** @throws CommandError if the options do not fit the file, with one line on which option to change */
export function createMapping(kind: FileFields, options: MappingOptions, input: FileColumns): Mapping {
  const sources = findSources(kind, options, input);
  const filter = createRowFilter(options.where ?? [], input);
  const used = new Set([...sources.values(), filter.columns].flat());
  const plan = Object.entries(kind.fields).map(([field, { type, isRequired, mustBeGiven = false }]) => {
    const columns = sources.get(field) ?? [];
    const given = options.default[field];
    return {
      field,
      type,
      columns,
      convert: createConverter(type, columns, options),
      whenBlank: (type === 'time' && given === NOW ? undefined : given) ?? (isRequired ? '' : undefined),
      mustBeGiven: mustBeGiven && given === undefined,
    };
  });

  return {
    isWanted: filter.isWanted,
    checkFound: filter.checkFound,
    usedColumns: used,
    ignoredColumns: [...new Set(input.columns)].filter((column) => !used.has(column)),
    toRecord(row) {
      const record: Record<string, unknown> = {};
      for (const { field, type, columns, convert, whenBlank, mustBeGiven } of plan) {
        const values = columns.map((column) => (Object.hasOwn(row, column) ? row[column] : undefined));
        if (values.every(isBlank)) {
          if (mustBeGiven) return { code: `missing_${field}`, error: describeMissing(field) };
          if (whenBlank !== undefined) record[field] = whenBlank;
          continue;
        }
        const value = convert(values);
        if (value instanceof Unreadable) return { code: `invalid_${field}`, error: `${field} ${value.expected}` };
        record[field] = isExactAmount(type, value) ? value : (digitsOf(value) ?? value);
      }
      return { record };
    },
  };
}

function describeMissing(field: string): string {
  return `${field} is missing: give one, or import the row with --default ${field}=${NOW} if now is right.`;
}

/** Whether the API reads a value as the very amount that is in the file. */
function isExactAmount(type: FieldType, value: unknown): boolean {
  return type === 'amount' && !(value instanceof JsonNumber);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Converts the values of a field's columns. At least one of them is not blank. */
type Converter = (values: readonly unknown[]) => unknown;

function createConverter(type: FieldType, columns: readonly string[], options: MappingOptions): Converter {
  const { decimal_comma = false } = options;
  if (type === 'amount' && columns.length > 1) return (values) => convertProduct(values, columns, decimal_comma);
  if (type === 'amount') {
    return ([value]) => (decimal_comma ? convertDecimalComma(value) : completeAmount(value));
  }
  if (type === 'time') return createTimeConverter(options);
  return ([value]) => value;
}

function convertDecimalComma(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return (
    readDecimalComma(value) ??
    new Unreadable(`must be an amount with a decimal comma, as 1.234,56, not ${quote(value)}.`)
  );
}

function convertProduct(
  values: readonly unknown[],
  columns: readonly string[],
  hasDecimalComma: boolean,
): string | Unreadable {
  const factors = [];
  for (const [index, value] of values.entries()) {
    const factor = value instanceof JsonNumber ? readFactor(value.text, false) : readFactor(value, hasDecimalComma);
    if (factor === undefined) {
      const example = hasDecimalComma ? '24,99' : '24.99';
      return new Unreadable(
        `is ${columns.join('*')}: ${columns[index]} must be a plain decimal such as ${example}, not ${quote(value ?? '')}.`,
      );
    }
    factors.push(factor);
  }
  return multiply(factors);
}
