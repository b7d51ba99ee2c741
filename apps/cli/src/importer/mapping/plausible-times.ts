import { CommandError } from '../../terminal/command-error.ts';
import type { Row } from '../files/input.ts';
import { digitsOf } from '../files/json/number.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import { createDateFormat } from './date-format.ts';
import type { MappingOptions } from './mapping-options.ts';
import { findSources, type FileColumns } from './sources.ts';
import { quote } from './text.ts';

/** The formats that read plain numbers, and what the numbers are. */
const UNITS = { X: 'seconds since 1970', x: 'milliseconds since 1970', excel: "Excel's days" };
const NUMBER = /^\d+(?:\.\d+)?$/;
/** Before this year hardly anybody sent messages. */
const EARLIEST = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

/**
 * Finds numbers that --date-format reads in the wrong unit: most of them are before 2000, and in another unit none is.
 *
 * @param rows the first rows of the file
 * @param now milliseconds since 1970
 * @returns the error that ends the import, with the format to use; undefined if the times are plausible
 */
export function findWrongUnit(
  kind: FileFields,
  options: MappingOptions,
  input: FileColumns,
  rows: readonly Pick<Row, 'line' | 'fields'>[],
  now: number,
): CommandError | undefined {
  const { date_format: given } = options;
  if (given === undefined || !(given in UNITS)) return undefined;
  const sources = findSources(kind, options, input);
  for (const [field, { type }] of Object.entries(kind.fields)) {
    const [column = '', ...others] = sources.get(field) ?? [];
    if (type !== 'time' || others.length > 0) continue;
    const cells = rows.flatMap(({ line, fields }) => {
      const value = fields[column];
      const text = digitsOf(value) ?? (typeof value === 'string' ? value.trim() : '');
      return NUMBER.test(text) ? [{ line, text }] : [];
    });
    const plausible = (format: string) => {
      const dates = createDateFormat(format);
      return cells.filter(({ text }) => {
        const time = dates.read(text);
        return time !== undefined && time >= EARLIEST && time <= now + DAY_MS;
      }).length;
    };
    const [first] = cells;
    if (!first || plausible(given) * 2 >= cells.length) continue;
    const fitting = Object.entries(UNITS).find(([format]) => format !== given && plausible(format) === cells.length);
    if (!fitting) continue;
    const [format, unit] = fitting;
    const [asGiven, better] = [given, format].map((name) => dateOf(createDateFormat(name).read(first.text)));
    return new CommandError(
      `${input.name}, line ${first.line}: --date-format ${given} reads the ${field} ${quote(first.text)} as ${asGiven}. ` +
        `Use --date-format ${format} (${unit}), which reads it as ${better}.`,
    );
  }
  return undefined;
}

function dateOf(time: number | undefined): string {
  return time === undefined ? 'no time' : (new Date(time).toISOString().split('.')[0] ?? '');
}
