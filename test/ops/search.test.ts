import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { useStack } from '../support/suite.ts';
import { AS_PAGE, exchange, plain } from './support/exchange.ts';
import { startOps, type TestOps } from './support/ops.ts';

describe('a search', () => {
  const stack = useStack({ worker: false });
  const cleanup = new AsyncDisposableStack();
  let ops: TestOps;

  beforeAll(async () => {
    ops = cleanup.use(await startOps(stack().options));
  });
  afterAll(() => cleanup.disposeAsync());

  const find = async (parameters: Record<string, string>) =>
    exchange(`${ops.url}/search?${new URLSearchParams(parameters).toString()}`, { headers: AS_PAGE });
  const importIdsIn = (page: string) => [...page.matchAll(/href="\/imports\/([^"]+)"/g)].map(([, id]) => id);

  /** Adds imports of a request id, and returns their ids. */
  async function addImports(accountId: string, requestId: string, number: number): Promise<string[]> {
    const ids = Array.from({ length: number }, () => uuidv7());
    await stack().database.sql.query(
      `INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
       SELECT $1, id, 'revenue', $2, 1, '[]' FROM unnest($3::uuid[]) AS id`,
      [accountId, requestId, ids],
    );
    return ids;
  }

  async function nameOf(accountId: string): Promise<string> {
    const { rows } = await stack().database.sql.query<{ name: string }>('SELECT name FROM accounts WHERE id = $1', [
      accountId,
    ]);
    return rows[0]?.name ?? '';
  }

  test('shows the latest imports of a request id and says whether there are more; an account can be chosen', async () => {
    const { account, database } = stack();
    const other = await addAccount(database.sql);
    const own = await addImports(account.id, 'shared', 2);
    const others = await addImports(other.id, 'shared', 98);
    const hundred = await find({ q: 'shared' });
    expect(importIdsIn(hundred.text)).toEqual([...own, ...others].toReversed());
    expect(plain(hundred.text)).toContain('100, the latest first.');

    const last = await addImports(other.id, 'shared', 1);
    const more = await find({ q: 'shared' });
    expect(importIdsIn(more.text)).toEqual([...own.slice(1), ...others, ...last].toReversed());
    expect(plain(more.text)).toContain('The latest 100; there are more: name the account.');

    for (const name of [account.id, ` ${await nameOf(account.id)} `]) {
      const chosen = await find({ q: 'shared', account: name });
      expect(importIdsIn(chosen.text)).toEqual(own.toReversed());
      expect(plain(chosen.text)).toContain('2, the latest first.');
    }
    expect((await find({ q: 'shared', account: '' })).text).toBe(more.text);
    expect(await find({ q: 'shared', account: 'nobody' })).toMatchObject({
      status: 404,
      text: expect.stringContaining('in account nobody'),
    });
    expect((await find({ q: 'shared', account: 'nul\0' })).status).toBe(400);
    await addImports(other.id, 'shared', 3);
    const many = await find({ q: 'shared', account: other.id });
    expect(plain(many.text)).toContain('The latest 100; there are more.');
  });

  test('finds an import by its id, however many requests have it for theirs', async () => {
    const { account, database } = stack();
    const other = await addAccount(database.sql);
    const [importId = ''] = await addImports(account.id, 'honest', 1);
    await addImports(other.id, importId, 101);
    expect(importIdsIn((await find({ q: importId })).text)[0]).toBe(importId);
    expect((await find({ q: importId, account: account.id })).headers.location).toBe(`/imports/${importId}`);
  });
});
