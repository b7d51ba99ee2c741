import { afterEach, expect, test, vi } from 'vitest';

import { addSmallCatalog, type TestAccount } from '../support/catalog.ts';
import { postRecords } from '../support/http.ts';
import { useStack } from '../support/suite.ts';

const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };

const stack = useStack();

async function send(account: TestAccount): Promise<number> {
  return (await postRecords(stack().url, account.apiKey, [RECORD])).status;
}

/** Moves the clock that caches go by; nothing else in the API does. */
function pass(milliseconds: number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds);
}

afterEach(() => {
  vi.restoreAllMocks();
});

test.for([
  { change: 'UPDATE api_keys SET revoked_at = now() WHERE account_id = $1', status: 401 },
  { change: 'UPDATE accounts SET suspended_at = now() WHERE id = $1', status: 403 },
])('$change ends access within 10 seconds', async ({ change, status }) => {
  const { database } = stack();
  const account = await addSmallCatalog(database.sql);
  expect(await send(account)).toBe(200);
  await database.sql.query(change, [account.id]);
  pass(10_001);
  expect(await send(account)).toBe(status);
});

test('a resumed account has access again within 10 seconds', async () => {
  const { database } = stack();
  const account = await addSmallCatalog(database.sql);
  await database.sql.query('UPDATE accounts SET suspended_at = now() WHERE id = $1', [account.id]);
  expect(await send(account)).toBe(403);
  await database.sql.query('UPDATE accounts SET suspended_at = NULL WHERE id = $1', [account.id]);
  pass(10_001);
  expect(await send(account)).toBe(200);
});

test('a key works from the moment it is made, though it was tried before', async () => {
  const { database } = stack();
  const account = await addSmallCatalog(database.sql);
  await database.sql.query('UPDATE api_keys SET revoked_at = now() WHERE account_id = $1', [account.id]);
  expect(await send(account)).toBe(401);
  await database.sql.query('UPDATE api_keys SET revoked_at = NULL WHERE account_id = $1', [account.id]);
  expect(await send(account)).toBe(200);
});

test('using a key notes when it was used', async () => {
  const { database } = stack();
  const account = await addSmallCatalog(database.sql);
  await send(account);
  const { rows } = await database.sql.query(
    `SELECT last_used_at > now() - interval '1 minute' AS recent FROM api_keys WHERE account_id = $1`,
    [account.id],
  );
  expect(rows).toEqual([{ recent: true }]);
});

test('an account sees nothing of another account’s catalog', async () => {
  const { database, url } = stack();
  const [first, second] = [await addSmallCatalog(database.sql), await addSmallCatalog(database.sql)];
  await database.sql.query(`UPDATE messages SET public_id = 'mine' WHERE public_id = 'm0' AND account_id = $1`, [
    first.id,
  ]);
  await database.sql.query(`UPDATE offers SET public_id = 'mine', external_id = 'mine too' WHERE account_id = $1`, [
    first.id,
  ]);
  const records = [
    { message_id: 'mine', offer_id: 'o0', revenue: 1 },
    { message_id: 'm0', offer_id: 'mine', revenue: 1 },
    { message_id: 'm0', offer_id: 'mine too', revenue: 1 },
  ];
  const answer = await postRecords(url, second.apiKey, records);
  expect(answer.json).toMatchObject({
    success_count: 0,
    errors: [{ code: 'message_not_found' }, { code: 'offer_not_found' }, { code: 'offer_not_found' }],
  });
});
