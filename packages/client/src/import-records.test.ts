import { expect, test, vi } from 'vitest';

import { breakOff, errorOf, reply, useScript } from '../../../test/support/scripted-client.ts';
import { serve, type Handler } from '../../../test/support/scripted-server.ts';
import { createClient } from './client.ts';
import type { TracklyError } from './trackly-error.ts';
import type { ImportOptions } from './types.ts';

const RECORDS = [{ message_id: 'm', offer_id: 'o', revenue: '1.50' }];
const OUTCOME = '{"success_count":1,"error_count":0,"total_revenue":12345678901234.5678,"errors":[]}';

const { clientOf, received } = useScript();
const outcome = reply(200, OUTCOME, { 'x-import-id': 'i' });

test('sends the records, and gives the outcome with every digit', async () => {
  const client = await clientOf([outcome]);
  expect(await client.importRecords('revenue', RECORDS)).toEqual({
    success_count: 1,
    error_count: 0,
    total_revenue: '12345678901234.5678',
    errors: [],
    import_id: 'i',
    replayed: false,
    notices: {},
  });
  expect(received).toMatchObject([
    {
      method: 'POST',
      url: '/api/v2/history/revenue',
      headers: { 'x-api-key': 'trk_k', 'content-type': 'application/json' },
    },
  ]);
  expect(received[0]?.body).toBe(JSON.stringify({ records: RECORDS }));
});

test('a key, a dry run and atomicity go with the request', async () => {
  const client = await clientOf([reply(200, OUTCOME, { 'idempotent-replayed': 'true' })]);
  const answer = await client.importRecords('revenue', RECORDS, { idempotencyKey: 'mine', dryRun: true, atomic: true });
  expect(answer.replayed).toBe(true);
  expect(received[0]?.headers['idempotency-key']).toBe('mine');
  const { searchParams } = new URL(received[0]?.url ?? '', 'http://x');
  expect(Object.fromEntries(searchParams)).toEqual({ dry_run: 'true', atomic: 'true' });
});

test('where the records come from goes with the request', async () => {
  const client = await clientOf([outcome]);
  const headersOf = async (options: ImportOptions) => {
    await client.importRecords('revenue', RECORDS, options);
    const {
      'import-name': name,
      'import-fingerprints': fingerprints,
      'import-again': again,
    } = received.at(-1)?.headers ?? {};
    return { name, fingerprints, again };
  };
  expect(await headersOf({ name: 'umsätze 100%.csv', fingerprints: ['a', 'b'], again: true })).toEqual({
    name: 'ums%C3%A4tze%20100%25.csv',
    fingerprints: 'a,b',
    again: 'true',
  });
  const nothing = { name: undefined, fingerprints: undefined, again: undefined };
  expect(await headersOf({ fingerprints: [], again: false })).toEqual(nothing);
});

test('records that were imported before are refused, with the earlier import', async () => {
  const refusal = { error: 'Before.', code: 'already_imported', import_name: 'umsätze.csv', import_id: 'earlier' };
  const client = await clientOf([reply(409, JSON.stringify(refusal), { 'x-import-id': 'earlier' })]);
  const error = await errorOf(client.importRecords('revenue', RECORDS));
  expect(error).toMatchObject({
    code: 'already_imported',
    importName: 'umsätze.csv',
    importId: 'earlier',
    mayBeImported: false,
    message: 'The service answered 409 "Before.".',
  });
  expect(received).toHaveLength(1);
});

test.each([
  ['dated_before_message=12', { dated_before_message: 12 }],
  ['a=1, b_c=20', { a: 1, b_c: 20 }],
  ['', {}],
  ['a=?1, b="x,c=2", d', {}],
])('reads what a dry run has noticed: %s', async (header, notices) => {
  const client = await clientOf([reply(200, OUTCOME, { 'import-notices': header })]);
  expect((await client.importRecords('revenue', RECORDS, { dryRun: true })).notices).toEqual(notices);
});

test.each([408, 429, 500, 502, 503, 504])('is sent again after %i, with the same key', async (status) => {
  const retries: unknown[] = [];
  const onRetry = ({ code }: TracklyError) => retries.push(code);
  const client = await clientOf([reply(status, '{"error":"Later.","code":"later"}'), breakOff, outcome], { onRetry });
  expect(await client.importRecords('revenue', RECORDS)).toMatchObject({ success_count: 1 });
  expect(received).toHaveLength(3);
  const keys = received.map(({ headers }) => headers['idempotency-key']);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(retries).toEqual(['later', 'connection_broken']);
});

test('another call has another key', async () => {
  const client = await clientOf([outcome]);
  await client.importRecords('revenue', RECORDS);
  await client.importRecords('revenue', RECORDS);
  expect(received[0]?.headers['idempotency-key']).not.toBe(received[1]?.headers['idempotency-key']);
});

test.each([
  [400, 'invalid_parameter'],
  [401, 'invalid_api_key'],
  [403, 'http_403'],
  [404, 'not_found'],
  [409, 'import_undone'],
  [413, 'too_many_records'],
  [422, 'idempotency_key_reused'],
  [501, 'http_501'],
])('is not sent again after %i', async (status, code) => {
  const body = JSON.stringify({ error: 'No.', ...(!code.startsWith('http') && { code }) });
  const client = await clientOf([reply(status, body, { 'x-request-id': 'r1', 'retry-after': '1' })]);
  const error = await errorOf(client.importRecords('revenue', RECORDS));
  expect(error).toMatchObject({ code, status, requestId: 'r1', mayBeImported: status === 501 });
  expect(error.message).toMatch(/^The service answered \d+ "No\.".*\(request id r1\)\.$/);
  expect(received).toHaveLength(1);
});

test.each([
  ['http_403', /: ask the operator of the service \(request id/],
  // Its text says what to do.
  ['quota_exceeded', /^The service answered 403 "No\." \(request id r1\)\.$/],
])('says what to do after a 403 with %s', async (code, expected) => {
  const body = JSON.stringify({ error: 'No.', ...(code !== 'http_403' && { code }) });
  const client = await clientOf([reply(403, body, { 'x-request-id': 'r1' })]);
  expect((await errorOf(client.importRecords('revenue', RECORDS))).message).toMatch(expected);
});

test('comes again no sooner than Retry-After says', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const pauses: number[] = [];
  const onRetry = (_error: TracklyError, pauseMs: number) => {
    pauses.push(pauseMs);
    // Once the pause has begun.
    setImmediate(() => {
      vi.advanceTimersByTime(pauseMs - 1);
      expect(received).toHaveLength(1);
      vi.advanceTimersByTime(1);
    });
  };
  const client = await clientOf([reply(503, '{}', { 'retry-after': '7' }), outcome], { onRetry });
  await client.importRecords('revenue', RECORDS);
  expect(pauses).toEqual([7_000]);
});

test('gives up when its patience would end before the next attempt', async () => {
  const client = await clientOf([reply(503, '{"code":"overloaded"}', { 'retry-after': '7' })], { patienceMs: 6_000 });
  const error = await errorOf(client.importRecords('revenue', RECORDS, { idempotencyKey: 'k' }));
  expect(error).toMatchObject({ status: 503, code: 'overloaded', idempotencyKey: 'k', mayBeImported: false });
  expect(received).toHaveLength(1);
});

test('tries again when there is no answer within a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const codes: string[] = [];
  const onRetry = ({ code }: TracklyError) => {
    codes.push(code);
    setImmediate(() => vi.advanceTimersByTime(0));
  };
  const client = await clientOf([() => void vi.advanceTimersByTime(60_000), outcome], { onRetry });
  expect(await client.importRecords('revenue', RECORDS)).toMatchObject({ success_count: 1 });
  expect(codes).toEqual(['timeout']);
});

test.each<[string, Handler[], boolean]>([
  ['a broken connection', [breakOff], true],
  ['an error inside', [reply(500, '{"code":"internal_error"}')], true],
  ['a proxy without the service', [reply(503, '<html>')], true],
  ['too much to do', [reply(503, '{"code":"overloaded"}')], false],
  ['no database', [reply(503, '{"code":"unavailable"}')], false],
  ['too much of its own', [reply(429, '{"code":"too_many_pending"}')], false],
  ['a broken connection, then too much to do', [breakOff, reply(429, '{}', { 'retry-after': '9' })], true],
  ['a broken connection, then a revoked key', [breakOff, reply(401, '{}')], true],
  ['an answer of something else', [reply(200, '{"ok":true}')], true],
  ['an answer that is cut', [reply(200, '{"success_count":1,')], true],
  ['an answer that is no object', [reply(200, '"ok"')], true],
  ['an empty answer', [reply(200, '')], true],
])('after %s it is known whether records may be imported', async (_what, answers, mayBeImported) => {
  const client = await clientOf(answers, { patienceMs: answers.length > 1 ? 1_000 : 0 });
  expect(await errorOf(client.importRecords('revenue', RECORDS))).toMatchObject({ mayBeImported });
  expect(await errorOf(client.importRecords('revenue', RECORDS, { dryRun: true }))).toMatchObject({
    mayBeImported: false,
  });
});

test('knows that nothing was sent where nobody listens', async () => {
  const { url, ...server } = await serve(() => undefined);
  await server[Symbol.asyncDispose]();
  const client = createClient({ url, apiKey: 'k', patienceMs: 0 });
  const error = await errorOf(client.importRecords('revenue', RECORDS));
  expect(error).toMatchObject({ code: 'no_connection', status: undefined, mayBeImported: false });
  expect(error.message).toContain(`no connection to ${url} (ECONNREFUSED)`);
});

test('does not follow a redirect', async () => {
  const client = await clientOf([reply(307, '', { location: '/elsewhere' }), outcome]);
  const error = await errorOf(client.importRecords('revenue', RECORDS));
  expect(error).toMatchObject({ status: 307, mayBeImported: false });
  expect(error.message).toContain('use that address as the url: /elsewhere');
  expect(received).toHaveLength(1);
});

test('does not take the mistakes of a caller for trouble on the way', async () => {
  const client = await clientOf([outcome], { apiKey: 'two\nlines' });
  await expect(client.importRecords('revenue', RECORDS)).rejects.toThrow(TypeError);
  expect(received).toHaveLength(0);
});
