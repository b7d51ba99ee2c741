import { describe, expect, test } from 'vitest';

import { checkColumns, checkRow, toMessageRow, toOfferRow } from './rows.ts';

const row = (fields: Record<string, string>) => ({ fields, cells: [], line: 7 });
const message = {
  message_id: 'm',
  list_number: '+15550001',
  phone_number: '+15551000001',
  sent_at: '2025-01-02T03:04:05+01:00',
};

test('a message keeps its fields and gets its time in UTC', () => {
  expect(toMessageRow('f', row(message))).toEqual({
    line: 7,
    messageId: 'm',
    listNumber: '+15550001',
    phoneNumber: '+15551000001',
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
  [{ message_id: '1.5551E+10' }, 'message_id 1.5551E+10 was rounded by a spreadsheet: make the column text there'],
  [{ phone_number: '1.5551E+10' }, 'phone_number 1.5551E+10 was rounded'],
  [{ list_number: '1,5551E+10' }, 'list_number 1,5551E+10 was rounded'],
  [{ phone_number: '(555) 100-0001' }, 'phone_number "(555) 100-0001" must begin with + and a country code, or'],
  [{ message_id: '1.5551e+10' }, 'message_id 1.5551e+10 was rounded'],
  [{ phone_number: '+491711234567.0' }, 'phone_number "+491711234567.0" is a decimal number: make the column text'],
  [{ phone_number: '+12' }, 'phone_number "+12" must be a phone number that is possible'],
  [{ list_number: '123' }, 'list_number "123" must begin with +'],
])('a message with %j is refused with file and line', (change, reason) => {
  expect(() => toMessageRow('f.csv', row({ ...message, ...change }))).toThrow(`f.csv, line 7: ${reason}`);
});

test('lengths count characters, as the database does', () => {
  expect(toMessageRow('f', row({ ...message, message_id: '😀'.repeat(255) })).messageId).toHaveLength(510);
});

test('an offer may do without an external id', () => {
  expect(toOfferRow('f', row({ offer_id: 'o', name: 'N', external_id: '' }))).toEqual({
    line: 7,
    offerId: 'o',
    name: 'N',
    externalId: null,
  });
  expect(() => toOfferRow('f', row({ offer_id: 'o', name: 'N', external_id: 'x'.repeat(256) }))).toThrow('external_id');
});

test.each(['1E5', '5e12345', '12E+5', 'E+10', '1e-5'])('an id such as %s is not a rounded number', (id) => {
  expect(toOfferRow('f', row({ offer_id: id, name: 'N', external_id: id }))).toMatchObject({ offerId: id });
});

describe('a row', () => {
  const check = (fields: object) =>
    checkRow('f', { ...row({}), ...fields }, ['offer_id', 'name', 'external_id'], ({ cells }) =>
      expect(cells).toEqual(['ok']),
    );
  const inner = (cell: string) => ({ row: { line: 8, cells: [cell], fields: {} }, describe: () => '' });

  test('needs its cells, but for the optional and the ignored ones', () => {
    expect(() => check({ problem: 'Too short.', lacks: ['external_id', 'comment'] })).not.toThrow();
    expect(() => check({ problem: 'Too short.', lacks: ['offer_id', 'external_id', 'name', 'comment'] })).toThrow(
      'f, line 7: Too short. It has no offer_id, no name.',
    );
    expect(() => check({ problem: 'Too long.' })).toThrow('f, line 7: Too long.');
  });

  test('contains no other row', () => {
    expect(() => check({ inner: [inner('text')] })).not.toThrow();
    expect(() => check({ inner: [inner('text'), inner('ok')] })).toThrow(
      'f, line 7: a quoted cell that begins here contains line 8, which is a row',
    );
  });
});

test.each([
  [['offer_id', 'name'], 'f.csv has no column external_id: its first line must name the columns, but names offer_id'],
  [['offer_id', 'name', 'external_id', 'name'], 'f.csv has the column name twice: remove one.'],
])('a file with the columns %j is refused', (columns, reason) => {
  expect(() => checkColumns({ name: 'f.csv', columns }, ['offer_id', 'name', 'external_id'])).toThrow(reason);
});
