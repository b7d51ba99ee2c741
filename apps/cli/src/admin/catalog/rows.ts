import { LONGEST_ID, parseTimestamp } from '@trackly/contract';
import type { MessageRow, OfferRow } from '@trackly/db';
import type { CountryCode } from 'libphonenumber-js/min';

import { CommandError } from '../../terminal/command-error.ts';
import type { Input, Row } from '../../importer/files/input.ts';
import { notice } from '../../terminal/notice.ts';
import { OPTIONAL_COLUMN } from './columns.ts';
import { isRounded, NotANumber, toListNumber, toPhoneNumber } from '../../importer/mapping/numbers.ts';

const LONGEST_NAME = 255;
/** As people write it, with spaces and brackets. */
const LONGEST_NUMBER = 64;

/**
 * Checks the columns of a file, and lists the ignored ones on stderr: one of them may be a misspelt name.
 *
 * @throws CommandError if a column is missing or occurs twice
 */
export function checkColumns({ name, columns }: Pick<Input, 'name' | 'columns'>, expected: readonly string[]): void {
  const missing = expected.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const found = columns.join(', ');
    throw new CommandError(
      `${name} has no column ${missing.join(', ')}: its first line must name the columns, but names ${found}.`,
    );
  }
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index && column !== '');
  if (repeated) throw new CommandError(`${name} has the column ${repeated} twice: remove one.`);

  const ignored = columns.filter((column) => !expected.includes(column));
  if (ignored.length > 0) notice(`${name}: ignoring the column ${ignored.join(', ')}`);
}

/**
 * Checks that a row has the cells that it needs, and that no line within its cells is a row itself.
 *
 * @param columns that the file must have; missing cells of others do not matter
 * @param read throws a CommandError for a row that is none
 * @throws CommandError with file and line
 */
export function checkRow(file: string, row: Row, columns: readonly string[], read: (row: Row) => unknown): void {
  if (row.problem !== undefined) {
    const missing = row.lacks?.filter((column) => columns.includes(column) && column !== OPTIONAL_COLUMN);
    if (!missing) throw new CommandError(`${file}, line ${row.line}: ${row.problem}`);
    if (missing.length > 0) {
      throw new CommandError(`${file}, line ${row.line}: ${row.problem} It has no ${missing.join(', no ')}.`);
    }
  }
  for (const { row: inner } of row.inner ?? []) {
    if (!isReadable(inner, read)) continue;
    throw at(
      file,
      row,
      `a quoted cell that begins here contains line ${inner.line}, which is a row: close the quote, and double quotes ` +
        'within cells',
    );
  }
}

function isReadable(row: Row, read: (row: Row) => unknown): boolean {
  try {
    read(row);
    return true;
  } catch {
    return false;
  }
}

/** @throws CommandError with file, line and what was expected */
export function toMessageRow(file: string, row: Row, country?: CountryCode): MessageRow {
  const number = (column: string, normalize: typeof toPhoneNumber) => {
    const text = exactText(file, row, column, LONGEST_NUMBER);
    const found = normalize(text, country);
    if (found instanceof NotANumber) throw at(file, row, `${column} ${JSON.stringify(text)} ${found.reason}`);
    return found;
  };
  const sentAt = parseTimestamp(textOf(row, 'sent_at'), Date.now());
  if (!sentAt) throw at(file, row, 'sent_at must be an ISO 8601 date or date-time, such as 2025-11-15T16:00:00Z');
  return {
    line: row.line,
    messageId: exactText(file, row, 'message_id', LONGEST_ID),
    listNumber: number('list_number', toListNumber),
    phoneNumber: number('phone_number', toPhoneNumber),
    sentAt,
  };
}

/** @throws CommandError with file, line and what was expected */
export function toOfferRow(file: string, row: Row): OfferRow {
  return {
    line: row.line,
    offerId: exactText(file, row, 'offer_id', LONGEST_ID),
    name: shortText(file, row, 'name', LONGEST_NAME),
    externalId: textOf(row, 'external_id') === '' ? null : exactText(file, row, 'external_id', LONGEST_ID),
  };
}

/** A text that a spreadsheet has not replaced by a rounded number. */
function exactText(file: string, row: Row, column: string, longest: number): string {
  const value = shortText(file, row, column, longest);
  if (!isRounded(value)) return value;
  const problem = `${column} ${value} was rounded by a spreadsheet`;
  throw at(file, row, `${problem}: make the column text there, and fill it again with the original values`);
}

function shortText(file: string, row: Row, column: string, longest: number): string {
  const value = textOf(row, column);
  const isText = value.trim() !== '' && Array.from(value).length <= longest && !value.includes('\0');
  if (!isText) throw at(file, row, `${column} must have 1 to ${longest} characters`);
  return value;
}

function textOf({ fields }: Row, column: string): string {
  const value = fields[column];
  return typeof value === 'string' ? value : '';
}

function at(file: string, { line }: Row, expectation: string): CommandError {
  return new CommandError(`${file}, line ${line}: ${expectation}.`);
}
