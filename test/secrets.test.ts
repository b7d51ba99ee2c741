import { createLogger } from '@trackly/runtime';
import { expect, test } from 'vitest';

import { addMessages } from './support/catalog.ts';
import { eventually } from './support/eventually.ts';
import { get, importIdOf, post, REVENUE_PATH } from './support/http.ts';
import { useStack } from './support/suite.ts';
import { failOnAmount } from './support/unsavable.ts';

/** Stands in each place where a client, a person or PostgreSQL could put something that is nobody else's business. */
const SECRET = 'SECRETxyz';

const lines: string[] = [];
const logger = createLogger('test', 'trace', { write: (line: string) => void lines.push(line) });
const stack = useStack({ logger, onFailedAttempt: ({ error }) => logger.warn({ err: error }, 'failed attempt') });

async function everythingIn(tables: string[]): Promise<string> {
  const { sql } = stack().database;
  const texts = await Promise.all(
    tables.map(async (table) => (await sql.query(`SELECT t::text AS text FROM ${table} AS t`)).rows),
  );
  return JSON.stringify(texts);
}

test('keys, bodies and what PostgreSQL quotes reach no log, no job and no other answer', async () => {
  const { url, account, database } = stack();
  const [contact] = (await database.sql.query<{ id: string }>('SELECT min(id)::text AS id FROM list_contacts')).rows;
  await addMessages(database.sql, account, [{ id: SECRET, listContactId: contact?.id ?? '' }]);
  await failOnAmount(database.sql, '6.66');

  const { apiKey } = account;
  const record = (fields: object) => JSON.stringify({ records: [{ message_id: SECRET, offer_id: 'o0', ...fields }] });
  const answers = [
    await post(url, record({ revenue: 1, [SECRET]: SECRET }), { apiKey }),
    await post(url, record({ revenue: 6.66 }), { apiKey, headers: { 'idempotency-key': SECRET } }),
    await post(url, record({ revenue: 2 }), { apiKey, headers: { 'idempotency-key': SECRET } }),
    await post(url, record({ revenue: SECRET, timestamp: SECRET }), { apiKey, headers: { prefer: SECRET } }),
    await post(url, `{"records": ${SECRET}`, { apiKey }),
    await post(url, SECRET, { apiKey, headers: { 'content-encoding': 'gzip' } }),
    await post(url, SECRET, { apiKey, headers: { 'content-type': `text/${SECRET}` } }),
    await post(url, record({}), { apiKey: `trk_${SECRET.padEnd(32, 'x')}` }),
    await post(url, record({}), { apiKey: SECRET, path: `${REVENUE_PATH}?key=${SECRET}` }),
    await get(`${url}/${apiKey}?key=${SECRET}`),
    await get(`${url}/api/v2/history/imports/${apiKey}?key=${SECRET}`, apiKey),
  ];

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 422, 200, 400, 400, 415, 401, 401, 404, 404]);
  expect(JSON.stringify(answers)).not.toContain(SECRET);
  expect(answers.map(({ text }) => text).join('\n')).not.toMatch(/SELECT|INSERT|node_modules|\bat .*:\d+:\d+/);
  expect(await everythingIn(['bullmq.job', 'bullmq.job_log', 'bullmq.event'])).not.toMatch(/SECRET|trk_|\+1555/);

  await eventually(() => expect(lines.join('')).toContain('request answered'));
  expect(lines.length).toBeGreaterThan(answers.length);
  expect(lines.join('')).toContain('P0001');
  expect(lines.filter((line) => /SECRET|trk_\w|\+1555/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('trk_[redacted]'))).toHaveLength(2);
});

test('what a log line is about can be found from the request’s id', async () => {
  const { url, account } = stack();
  const body = '{"records":[{"message_id":"m0","offer_id":"o0","revenue":1}]}';
  const answer = await post(url, body, { apiKey: account.apiKey, headers: { 'x-request-id': 'the-one' } });
  const about = { requestId: 'the-one', accountId: account.id, importId: importIdOf(answer) };
  await eventually(() => {
    const found = lines.filter((line) => line.includes('the-one')).map((line): unknown => JSON.parse(line));
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(
      expect.objectContaining({ ...about, msg: 'chunk saved', chunkIndex: 0, successCount: 1 }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ ...about, msg: 'request answered', status: 200, route: REVENUE_PATH }),
    );
  });
});
