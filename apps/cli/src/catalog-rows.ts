import { parseTimestamp } from '@trackly/contract';
import type { MessageRow, OfferRow } from '@trackly/db';

import { CommandError } from './command-error.ts';
import type { CsvRow } from './csv.ts';

export const messageColumns = { required: ['message_id', 'list_number', 'phone_number', 'sent_at'] };
export const offerColumns = { required: ['offer_id', 'name', 'external_id'] };

const LONGEST = { message_id: 64, list_number: 64, phone_number: 64, offer_id: 128, external_id: 128, name: 255 };

/** @throws CommandError with file, line and what was expected */
export function toMessageRow(file: string, row: CsvRow): MessageRow {
  const sentAt = parseTimestamp(row.fields['sent_at'] ?? '', Date.now());
  if (!sentAt) throw at(file, row, 'sent_at must be an ISO 8601 date or date-time, such as 2025-11-15T16:00:00Z');
  return {
    messageId: required(file, row, 'message_id'),
    listNumber: required(file, row, 'list_number'),
    phoneNumber: required(file, row, 'phone_number'),
    sentAt,
  };
}

/** @throws CommandError with file, line and what was expected */
export function toOfferRow(file: string, row: CsvRow): OfferRow {
  return {
    offerId: required(file, row, 'offer_id'),
    name: required(file, row, 'name'),
    externalId: row.fields['external_id'] ? required(file, row, 'external_id') : null,
  };
}

function required(file: string, row: CsvRow, column: keyof typeof LONGEST): string {
  const value = row.fields[column] ?? '';
  const isText = value.trim() !== '' && Array.from(value).length <= LONGEST[column] && !value.includes('\0');
  if (!isText) throw at(file, row, `${column} must have 1 to ${LONGEST[column]} characters`);
  return value;
}

function at(file: string, { line }: CsvRow, expectation: string): CommandError {
  return new CommandError(`${file}, line ${line}: ${expectation}.`);
}
