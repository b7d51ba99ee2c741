import { CommandError } from '../../terminal/command-error.ts';
import type { Row } from '../files/input.ts';
import { invalidCode, type FieldType, type FileFields } from '../kinds/file-fields.ts';
import { digitsOf, JsonNumber } from '../files/json/number.ts';
import { createContent, type Content } from './content.ts';
import { createAmountConverter, type NoteCurrency } from './convert-amount.ts';
import { convertBoolean, convertInteger, convertJson } from './convert-other.ts';
import { createNumberConverter } from './convert-number.ts';
import { createTimeConverter, readDefaultTime } from './convert-time.ts';
import { createCurrencyCheck, createCurrencyColumnCheck } from './currency.ts';
import type { MappingOptions } from './mapping-options.ts';
import { collectedIn, createCollector } from './collect.ts';
import { findSources, NOW, type FileColumns } from './sources.ts';
import { Unreadable } from './unreadable.ts';
import { createRowFilter, type RowFilter } from './where.ts';

/** Why a value cannot be converted: a code of the API, and what was expected. */
export interface Rejection {
  code: string;
  error: string;
}

/** Converts rows of a file to records for the API. The same row always gives the same record. */
export interface Mapping {
  /**
   * @param line of the row, for messages
   * @throws CommandError if an amount is in another currency than one on an earlier line
   */
  toRecord: (row: Row['fields'], line?: number) => { record: Record<string, unknown> } | Rejection;
  /** What a record is, however its values are written. */
  contentOf: (record: Readonly<Record<string, unknown>>) => Content;
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
  const checkCurrency = createCurrencyCheck(input.name);
  const objects = Object.keys(kind.fields).filter((field) => kind.fields[field]?.type === 'json');
  const isInObject = (column: string) => objects.some((field) => used.has(field) && column.startsWith(`${field}.`));
  const ignoredColumns = [...new Set(input.columns)].filter((column) => !used.has(column) && !isInObject(column));
  const hasAmounts = Object.values(kind.fields).some(({ type }) => type === 'amount');
  const checkCurrencyColumns = createCurrencyColumnCheck(input.name, hasAmounts ? ignoredColumns : []);
  const plan = Object.entries(kind.fields).map(([field, definition]) => {
    const { type, isRequired, alternative, mustBeGiven = false } = definition;
    const columns = sources.get(field) ?? [];
    const collected = collectedIn(kind, field, columns, options);
    const given = options.default[field];
    return {
      field,
      type,
      columns,
      convert: collected ? createCollector(collected) : createConverter(type, columns, options, checkCurrency),
      invalid: invalidCode(field, definition),
      whenBlank: readDefault(field, type, options) ?? (isRequired && !alternative ? '' : undefined),
      mustBeGiven: mustBeGiven && given === undefined,
    };
  });

  return {
    contentOf: createContent(kind),
    isWanted: filter.isWanted,
    checkFound: filter.checkFound,
    usedColumns: used,
    ignoredColumns,
    toRecord(row, line = 0) {
      const record: Record<string, unknown> = {};
      for (const { field, type, columns, convert, invalid, whenBlank, mustBeGiven } of plan) {
        const values = columns.map((column) => (Object.hasOwn(row, column) ? row[column] : undefined));
        if (values.every(isBlank)) {
          if (mustBeGiven) return { code: `missing_${field}`, error: describeMissing(field) };
          if (whenBlank !== undefined) record[field] = whenBlank;
          continue;
        }
        const value = convert(values, line);
        if (value instanceof Unreadable) return { code: invalid, error: describe(field, value) };
        record[field] = isExact(type, value) ? value : (digitsOf(value) ?? value);
      }
      checkCurrencyColumns(row, line);
      return { record };
    },
  };
}

function readDefault(field: string, type: FieldType, options: MappingOptions): unknown {
  const given = options.default[field];
  if (given === undefined) return undefined;
  if (type === 'time') return readDefaultTime(field, given, options);
  const value = isNumber(type) ? createNumberConverter(type, options)(given) : (CONVERTERS[type]?.(given) ?? given);
  if (value instanceof Unreadable) throw new CommandError(`--default ${field}: ${value.expected}`);
  return value;
}

function describeMissing(field: string): string {
  return `${field} is missing: give one, or import the row with --default ${field}=${NOW} if now is right.`;
}

/** Whether the API reads a value as the very one that is in the file. */
function isExact(type: FieldType, value: unknown): boolean {
  return type !== 'text' && type !== 'time' && !(value instanceof JsonNumber);
}

/** Describes why a value of the field is rejected. */
function describe(field: string, { expected, advice }: Unreadable): string {
  return `${field} ${expected}${advice && ' '}${advice}`;
}

/** Whether a file has no value here. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function isNumber(type: FieldType): type is 'phone' | 'list_number' {
  return type === 'phone' || type === 'list_number';
}

/** Converts the values of a field's columns. At least one of them is not blank. */
type Converter = (values: readonly unknown[], line: number) => unknown;

/** The types that are read in one way, whatever the options. */
const CONVERTERS: Partial<Record<FieldType, (value: unknown) => unknown>> = {
  boolean: convertBoolean,
  integer: convertInteger,
  json: convertJson,
};

/** Creates a function that converts the values of a field's columns, or returns an Unreadable. */
export function createConverter(
  type: FieldType,
  columns: readonly string[],
  options: MappingOptions,
  noteCurrency: NoteCurrency,
): Converter {
  if (type === 'amount') return createAmountConverter(columns, options, noteCurrency);
  if (type === 'time') return createTimeConverter(options);
  if (isNumber(type)) {
    const convertNumber = createNumberConverter(type, options);
    return ([value]) => convertNumber(value);
  }
  const convert = CONVERTERS[type];
  return ([value]) => (convert ? convert(value) : value);
}
