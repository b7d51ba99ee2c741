import type { FieldType } from '../kinds/file-fields.ts';
import { AMOUNT_FORMS } from './amount-forms.ts';
import { KNOWN_DATE_FORMATS } from './known-date-formats.ts';
import type { MappingOptions } from './mapping-options.ts';
import { Unreadable } from './unreadable.ts';

/** The values of a field in one row. At least one of them is not blank. */
export interface Cell {
  line: number;
  values: readonly unknown[];
}

/** A field that is no text, and its values in the first rows. */
export interface Sample {
  field: string;
  type: FieldType;
  cells: readonly Cell[];
  /** Creates a function that converts a cell, or returns an Unreadable, with the given options. */
  createReader(options: MappingOptions): (cell: Cell) => unknown;
}

/** An option that reads the values of a field. */
export interface Form {
  /** The option on the command line. */
  option: string;
  read: ReturnType<Sample['createReader']>;
}

/**
 * Finds the known forms in which the values of a field can be read, and no value of another field that is read now
 * becomes unreadable. Negative amounts are readable: an import refuses them, in any form.
 *
 * @param all the fields of the kind that have forms
 * @param share of the values that a form must read, from 0 to 1. Of forms that leave some out, those that read the most
 *   are returned.
 */
export function findForms(sample: Sample, options: MappingOptions, all: readonly Sample[], share = 1): Form[] {
  const others = all
    .filter((other) => other !== sample && other.type === sample.type)
    .map((other) => ({ other, cells: other.cells.filter(isReadBy(other, options)) }));

  const forms = formsOf(sample.type)
    .map(({ option, changes }) => ({ option, options: { ...options, ...changes } }))
    .map((form) => ({ ...form, count: sample.cells.filter(isReadBy(sample, form.options)).length }))
    .filter(({ count }) => count >= share * sample.cells.length)
    .filter((form) => others.every(({ other, cells }) => cells.every(isReadBy(other, form.options))))
    .map(({ option, options: own, count }) => ({ option, count, read: sample.createReader(own) }))
    .filter(({ read }) => sample.cells.some((cell) => !(read(cell) instanceof Unreadable)));
  const most = Math.max(...forms.map(({ count }) => count));
  const best = forms.filter(({ count }) => count === most);
  return sample.type === 'time' ? distinct(sample, best) : best;
}

function formsOf(type: FieldType): { option: string; changes: Partial<MappingOptions> }[] {
  if (type === 'amount') {
    return AMOUNT_FORMS.map((form) => ({ option: `--amounts ${form}`, changes: { amounts: form } }));
  }
  if (type !== 'time') return [];
  return KNOWN_DATE_FORMATS.map((format) => ({
    option: `--date-format ${/[^\w/.,:-]/.test(format) ? `"${format}"` : format}`,
    changes: { date_format: format },
  }));
}

/** Times before or after are those of a format that takes any number, such as seconds read as milliseconds. */
const [EARLIEST, LATEST] = ['1980', '2100'];

function isReadBy(sample: Sample, options: MappingOptions): (cell: Cell) => boolean {
  const read = sample.createReader(options);
  return (cell) => {
    const value = read(cell);
    if (value instanceof Unreadable) return value.isUnderstood;
    return sample.type !== 'time' || (typeof value === 'string' && value >= EARLIEST && value < LATEST);
  };
}

/** Of forms that read all values alike, the first: a format with a year of two digits takes four, too. */
function distinct(sample: Sample, forms: readonly Form[]): Form[] {
  const readings = forms.map(({ read }) => {
    const values = sample.cells.map(read);
    return JSON.stringify(values.map((value) => (value instanceof Unreadable ? null : value)));
  });
  return forms.filter((_, index) => readings.indexOf(readings[index] ?? '') === index);
}
