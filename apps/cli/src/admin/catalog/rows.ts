import { LONGEST_ID, parseTimestamp } from '@trackly/contract';
import type { MessageRow, OfferRow } from '@trackly/db';

import { CommandError } from '../../terminal/command-error.ts';
import type { Input, Row } from '../../importer/files/input.ts';
import { notice } from '../../terminal/notice.ts';

const LONGEST = {
  message_id: LONGEST_ID,
  list_number: 64,
  phone_number: 64,
  offer_id: LONGEST_ID,
  external_id: LONGEST_ID,
  name: 255,
};

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

/** @throws CommandError with file, line and what was expected */
export function toMessageRow(file: string, row: Row): MessageRow {
  const sentAt = parseTimestamp(textOf(row, 'sent_at'), Date.now());
  if (!sentAt) throw at(file, row, 'sent_at must be an ISO 8601 date or date-time, such as 2025-11-15T16:00:00Z');
  return {
    messageId: required(file, row, 'message_id'),
    listNumber: required(file, row, 'list_number'),
    phoneNumber: required(file, row, 'phone_number'),
    sentAt,
  };
}

/** @throws CommandError with file, line and what was expected */
export function toOfferRow(file: string, row: Row): OfferRow {
  return {
    offerId: required(file, row, 'offer_id'),
    name: required(file, row, 'name'),
    externalId: row.fields['external_id'] ? required(file, row, 'external_id') : null,
  };
}

function required(file: string, row: Row, column: keyof typeof LONGEST): string {
  const value = textOf(row, column);
  const isText = value.trim() !== '' && Array.from(value).length <= LONGEST[column] && !value.includes('\0');
  if (!isText) throw at(file, row, `${column} must have 1 to ${LONGEST[column]} characters`);
  return value;
}

function textOf({ fields }: Row, column: string): string {
  const value = fields[column];
  return typeof value === 'string' ? value : '';
}

function at(file: string, { line }: Row, expectation: string): CommandError {
  return new CommandError(`${file}, line ${line}: ${expectation}.`);
}
