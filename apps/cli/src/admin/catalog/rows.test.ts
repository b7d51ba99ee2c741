import { expect, test } from 'vitest';

import { checkColumns, toMessageRow, toOfferRow } from './rows.ts';

const row = (fields: Record<string, string>) => ({ fields, cells: [], line: 7 });
const message = { message_id: 'm', list_number: '+1', phone_number: '+2', sent_at: '2025-01-02T03:04:05+01:00' };

test('a message keeps its fields and gets its time in UTC', () => {
  expect(toMessageRow('f', row(message))).toEqual({
    messageId: 'm',
    listNumber: '+1',
    phoneNumber: '+2',
    sentAt: '2025-01-02T02:04:05Z',
  });
});

test.each([
  [{ message_id: ' ' }, 'message_id must have 1 to 255'],
  [{ message_id: 'x'.repeat(256) }, 'message_id must have 1 to 255'],
  [{ message_id: 'a\0' }, 'message_id must have 1 to 255'],
  [{ list_number: '' }, 'list_number must'],
  [{ phone_number: '' }, 'phone_number must'],
  [{ sent_at: '2025-02-30' }, 'sent_at must be an ISO 8601'],
])('a message with %j is refused with file and line', (change, reason) => {
  expect(() => toMessageRow('f.csv', row({ ...message, ...change }))).toThrow(`f.csv, line 7: ${reason}`);
});

test('lengths count characters, as the database does', () => {
  expect(toMessageRow('f', row({ ...message, message_id: '😀'.repeat(255) })).messageId).toHaveLength(510);
});

test('an offer may do without an external id', () => {
  expect(toOfferRow('f', row({ offer_id: 'o', name: 'N', external_id: '' }))).toEqual({
    offerId: 'o',
    name: 'N',
    externalId: null,
  });
  expect(() => toOfferRow('f', row({ offer_id: 'o', name: 'N', external_id: 'x'.repeat(256) }))).toThrow('external_id');
});

test.each([
  [['offer_id', 'name'], 'f.csv has no column external_id: its first line must name the columns, but names offer_id'],
  [['offer_id', 'name', 'external_id', 'name'], 'f.csv has the column name twice: remove one.'],
])('a file with the columns %j is refused', (columns, reason) => {
  expect(() => checkColumns({ name: 'f.csv', columns }, ['offer_id', 'name', 'external_id'])).toThrow(reason);
});
