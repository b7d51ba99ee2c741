import { CommandError } from '../../terminal/command-error.ts';
import type { Row } from '../files/input.ts';
import { invalidCode, type FieldType, type FileFields } from '../kinds/file-fields.ts';
import { collectedIn } from './collect.ts';
import { findForms, type Cell, type Form, type Sample } from './find-forms.ts';
import { createConverter, isBlank } from './mapping.ts';
import type { MappingOptions } from './mapping-options.ts';
import { findSources, type FileColumns } from './sources.ts';
import { createTurns } from '../turns.ts';
import { quote } from './text.ts';
import { Unreadable } from './unreadable.ts';

/** How many rows are looked at before an import begins. */
export const ROWS_TO_DIAGNOSE = 100;

/** How many values are enough to say that a column cannot be read. */
const ENOUGH_VALUES = 20;

/** Fewer say nothing of a column, even if the file has no more rows: they may be wrong themselves. */
const LEAST_VALUES = 2;

/** The share of unreadable values that a form must read to be proposed: a few may be dirt, such as 00/00/0000. */
const MOST_VALUES = 0.9;

/**
 * Finds out whether the options are wrong for a whole file, so that the import should not begin:
 *
 * - No value of a field that is no text can be read in the first rows, and other options can read most of them, or there
 *   are {@link ENOUGH_VALUES}. In a shorter file, a value in each row is enough. Otherwise thousands of rows could be
 *   rejected.
 * - Some cannot be read, and other options can read all of them. Some they may read differently, as 1.234 if 12,50 is in the
 *   same column: then rows would be imported with a wrong amount or time.
 *
 * @param rows the first {@link ROWS_TO_DIAGNOSE} rows to import, or all if there are fewer; those with a problem do not
 *   count
 * @param isWhole whether the file has no more rows
 * @returns the error that ends the import, with the options to use; undefined if the import should begin
 * @throws CommandError as `createMapping` does
 */
export function diagnose(
  kind: FileFields,
  options: MappingOptions,
  input: FileColumns,
  rows: readonly SampleRow[],
  isWhole: boolean,
): CommandError | undefined {
  const samples = sample(kind, options, input, rows);
  const readable = rows.filter(({ problem }) => problem === undefined).length;
  const enough = isWhole ? Math.min(ENOUGH_VALUES, Math.max(LEAST_VALUES, readable)) : ENOUGH_VALUES;
  const problems = samples.flatMap((each) => describeMistake(each, options, samples, { enough }) ?? []);
  return problems.length > 0 ? new CommandError(`${input.name}, ${problems.join(' Also, ')}`) : undefined;
}

/**
 * Creates a function that finds in later rows, batch by batch, what would be read differently: other options read a value
 * that cannot be read, and all that can be, but some of them differently.
 */
export function createLaterDiagnosis(
  kind: FileFields,
  options: MappingOptions,
  input: FileColumns,
): (
  rows: readonly SampleRow[],
  rejections: readonly { row: number; code: string }[],
) => Promise<CommandError | undefined> {
  // Values of one shape are read in the same forms, so one of them is enough.
  const shapes = new Set<string>();
  const fields = new Map(Object.entries(kind.fields).map(([field, own]) => [invalidCode(field, own), field]));
  const sources = findSources(kind, options, input);

  const isNew = ({ fields: values }: SampleRow, field: string) => {
    const shape = JSON.stringify([field, sources.get(field)?.map((column) => values[column])]).replaceAll(/\d/g, '0');
    if (shapes.has(shape) || shapes.size === MOST_SHAPES) return false;
    shapes.add(shape);
    return true;
  };
  const find = (rows: readonly SampleRow[], unread: SampleRow, name: string) => {
    const samples = sample(kind, options, input, rows);
    const field = samples.find((each) => each.field === name);
    const cell = field?.cells.find(({ line }) => line === unread.line);
    if (!field || !cell) return undefined;
    const read = field.createReader(options);
    const readable = field.cells.filter((each) => !(read(each) instanceof Unreadable));
    if (readable.length === 0) return undefined;
    return describeMistake({ ...field, cells: [cell, ...readable] }, options, samples, { isLater: true });
  };
  return async (rows, rejections) => {
    const turn = createTurns();
    for (const { row: index, code } of rejections) {
      await turn();
      const [row, field] = [rows[index], fields.get(code)];
      const mistake = row && field !== undefined && isNew(row, field) ? find(rows, row, field) : undefined;
      if (mistake !== undefined) return new CommandError(`${input.name}, ${mistake}`);
    }
    return undefined;
  };
}

const MOST_SHAPES = 1000;

/** A row, as far as a diagnosis looks at it. */
export type SampleRow = Pick<Row, 'line' | 'fields' | 'problem'>;

function sample(kind: FileFields, options: MappingOptions, input: FileColumns, rows: readonly SampleRow[]): Sample[] {
  const sources = findSources(kind, options, input);
  return (
    Object.entries(kind.fields)
      .map(([field, { type }]) => ({ field, type, columns: sources.get(field) ?? [] }))
      // A collected object is always readable.
      .filter(({ field, type, columns }) => type !== 'text' && !collectedIn(kind, field, columns, options))
      .map(({ field, type, columns }) => {
        const cells = rows
          .filter(({ problem }) => problem === undefined)
          .map(({ line, fields }) => ({
            line,
            values: columns.map((column) => (Object.hasOwn(fields, column) ? fields[column] : undefined)),
          }))
          .filter(({ values }) => !values.every(isBlank));
        const createReader = (others: MappingOptions) => {
          const convert = createConverter(type, columns, others, () => undefined);
          return ({ values, line }: Cell) => convert(values, line);
        };
        return { field, type, cells, createReader };
      })
  );
}

type Reader = Form['read'];

function describeMistake(
  each: Sample,
  options: MappingOptions,
  all: readonly Sample[],
  { enough = ENOUGH_VALUES, isLater = false }: { enough?: number; isLater?: boolean },
): string | undefined {
  if (each.cells.length === 0) return undefined;
  const read = each.createReader(options);
  const problems = each.cells.flatMap((cell) => {
    const value = read(cell);
    return value instanceof Unreadable ? [{ cell, value }] : [];
  });
  if (problems.length === each.cells.length) {
    return describeUnreadable(each, read, { forms: findForms(each, options, all, MOST_VALUES), enough });
  }
  const unread = problems.find(({ value }) => !value.isUnderstood);
  if (!unread) return undefined;
  return describeMisread(each, read, { forms: findForms(each, options, all), unread: unread.cell, isLater });
}

/** Describes a field none of whose values can be read; undefined if no form reads them, and they are not enough. */
function describeUnreadable(
  { field, type, cells }: Sample,
  read: Reader,
  { forms, enough }: { forms: readonly Form[]; enough: number },
): string | undefined {
  const taken = cells.filter((cell) => forms.every((form) => !(form.read(cell) instanceof Unreadable)));
  const shown = taken.find((cell) => new Set(forms.map((form) => form.read(cell))).size === forms.length) ?? taken[0];
  if (shown === undefined) return undefined;
  const problem = read(shown);
  if (!(problem instanceof Unreadable)) return undefined;
  const same = cells.length > 1 ? ` None of the first ${cells.length} values is.` : '';
  const start = `line ${shown.line}: ${field} ${problem.expected}${same}`;

  const [first, ...others] = forms.map((form) => ({ option: form.option, reading: String(form.read(shown)) }));
  if (first === undefined) {
    const advice = problem.advice || `Is ${field} read from the right column (--map)?`;
    return cells.length < enough ? undefined : `${start} ${advice}`;
  }
  if (others.length === 0) return `${start} Use ${first.option}, which reads it as ${first.reading}.`;
  const alternatives = others.map(({ option, reading }) => `, ${option} as ${reading}`).join('');
  const value = quoteCell(shown, type);
  return `${start} Use the option that is meant: ${first.option} reads ${value} as ${first.reading}${alternatives}.`;
}

/**
 * Describes a value that cannot be read, if there is a form that reads it and all others.
 *
 * @param isLater whether it must read another differently, because the import has begun
 */
function describeMisread(
  { field, type, cells }: Sample,
  read: Reader,
  { forms, unread, isLater }: { forms: readonly Form[]; unread: Cell; isLater: boolean },
): string | undefined {
  const problem = read(unread);
  if (!(problem instanceof Unreadable)) return undefined;
  for (const { option, read: reread } of forms) {
    const other = cells.find((cell) => !(read(cell) instanceof Unreadable) && reread(cell) !== read(cell));
    if (other === undefined) continue;
    return (
      `line ${unread.line}: ${field} ${problem.expected} Use ${option}, which reads it and the values around it, if ` +
      `${quoteCell(other, type)} in line ${other.line} is meant as ${String(reread(other))}, not as ` +
      `${String(read(other))}; otherwise correct line ${unread.line}.`
    );
  }
  const [form] = forms;
  if (form === undefined || isLater) return undefined;
  return (
    `line ${unread.line}: ${field} ${problem.expected} Use ${form.option}, which reads it as ${String(form.read(unread))}, ` +
    `and the values around it as before; otherwise correct line ${unread.line}.`
  );
}

function quoteCell({ values }: Cell, type: FieldType): string {
  return quote(values.map(String).join(type === 'amount' ? '*' : ' '));
}
