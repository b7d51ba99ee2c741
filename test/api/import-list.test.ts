import { importKinds, importStatuses } from '@trackly/contract';
import { acceptImport, kinds, openDatabase, requestUndo, stopImport, type Database } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addAccount, addSmallCatalog, type TestAccount } from '../support/catalog.ts';
import { get, importIdOf, post, REVENUE_PATH } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { checkedRecords } from '../support/checked-records.ts';

const LIST_PATH = '/api/v2/history/imports';
const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 0.1 };
const NOWHERE = { ...RECORD, message_id: 'nowhere' };
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

interface ListedPage {
  imports: { import_id: string; status: string }[];
  next_cursor: string | null;
}

describe('imports that a worker saves', () => {
  const stack = useStack({ chunkSize: 2 });

  test('are listed with what their state says and what they brought, the latest first', async () => {
    const { url, account } = stack();
    const send = (records: object[], parameters = '', headers = {}) =>
      post(url, JSON.stringify({ records }), { apiKey: account.apiKey, path: REVENUE_PATH + parameters, headers });
    const plain = await send([RECORD, RECORD, RECORD, NOWHERE, {}], '', { 'idempotency-key': 'night 1' });
    const dryRun = await send([RECORD, RECORD, NOWHERE], '?dry_run=true');
    const atomic = await send([RECORD, NOWHERE, RECORD], '?atomic=true');
    const refused = await send([{}]);
    const undone = await send([RECORD, RECORD, RECORD]);
    await fetch(`${url}${LIST_PATH}/${importIdOf(undone)}`, {
      method: 'DELETE',
      headers: { 'x-api-key': account.apiKey },
    });

    const answer = await get(url + LIST_PATH, account.apiKey);
    expect(answer.status).toBe(200);
    const common = {
      kind: 'revenue',
      created_at: expect.stringMatching(UTC),
      completed_at: expect.stringMatching(UTC),
    };
    const entry = (
      sent: typeof plain,
      recordCount: number,
      [successCount, errorCount, revenue]: [number, number, number],
      rest: object,
    ) => ({
      ...common,
      import_id: importIdOf(sent),
      status: 'completed',
      dry_run: false,
      atomic: false,
      idempotency_key: null,
      record_count: recordCount,
      processed_count: recordCount,
      success_count: successCount,
      error_count: errorCount,
      total_revenue: revenue,
      ...rest,
    });
    const removed = { removed_count: 3, removed_revenue: 0.3 };
    const times = { requested_at: expect.stringMatching(UTC), completed_at: expect.stringMatching(UTC) };
    expect(answer.json).toEqual({
      imports: [
        entry(undone, 3, [3, 0, 0.3], { status: 'undone', undo: { ...times, ...removed } }),
        entry(refused, 1, [0, 1, 0], {}),
        entry(atomic, 3, [0, 1, 0], { atomic: true }),
        entry(dryRun, 3, [2, 1, 0.2], { dry_run: true }),
        entry(plain, 5, [3, 2, 0.3], { idempotency_key: 'night 1' }),
      ],
      next_cursor: null,
    });
    expect(await get(`${url}/v2/history/imports`, account.apiKey)).toMatchObject({ status: 200, text: answer.text });
  });
});

describe('the list of imports', () => {
  const stack = useStack({ worker: false });
  let db: Database;
  /** Of an account of their own, the first one first. */
  let ids: string[];
  let account: TestAccount;

  beforeAll(async () => {
    const { database } = stack();
    db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test' });
    account = await addSmallCatalog(database.sql);
    ids = await addImports(account);
  });
  afterAll(() => db.$disconnect());

  /** Adds an import for each of ten hours: half of what makes it undoing is undone, all of it in one that is undone. */
  async function addImports(owner: TestAccount): Promise<string[]> {
    const { sql } = stack().database;
    const states = ['processing', 'completed', 'undoing', 'undone', 'processing'];
    const added: string[] = [];
    for (const [hour, state] of [...states, ...states].entries()) {
      const createdAt = new Date(Date.UTC(2026, 0, 1, hour));
      const importId = uuidv7({ msecs: createdAt.getTime() });
      const ref = { accountId: owner.id, importId };
      const record = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
      const records = checkedRecords(kinds.revenue.spec, [record, record]);
      await acceptImport(db, {
        ...ref,
        kind: kinds.revenue.spec,
        requestId: 'test',
        recordCount: 2,
        chunks: records.map((each) => [each]),
        rejected: [],
        idempotency: hour % 5 === 0 ? { key: `key-${hour}`, requestHash: new Uint8Array(32) } : undefined,
        virtualTime: 0,
      });
      await sql.query('UPDATE imports SET created_at = $2 WHERE id = $1', [importId, createdAt]);
      if (state !== 'processing') await stopImport(db, kinds.revenue.spec, ref);
      if (state.startsWith('undo'))
        await requestUndo(db, kinds.revenue.spec, { ...ref, requestId: 'undo', chunkSize: 1, virtualTime: 0 });
      if (state.startsWith('undo')) await kinds.revenue.undoChunk(db, { ...ref, chunkIndex: 0 }, 1);
      if (state === 'undone') await kinds.revenue.undoChunk(db, { ...ref, chunkIndex: 1 }, 1);
      added.push(importId);
    }
    return added;
  }

  async function list(parameters: Record<string, string> = {}, owner = account): Promise<ListedPage> {
    const query = new URLSearchParams(parameters).toString();
    const answer = await get(`${stack().url}${LIST_PATH}?${query}`, owner.apiKey);
    expect(answer).toMatchObject({ status: 200, json: { imports: expect.any(Array) } });
    const page: ListedPage = JSON.parse(answer.text);
    return page;
  }

  /** The places of the listed imports in the order in which they were accepted. */
  async function listed(parameters: Record<string, string>): Promise<number[]> {
    return (await list(parameters)).imports.map(({ import_id: id }) => ids.indexOf(id));
  }

  test.for([
    ['processing', [9, 5, 4, 0]],
    ['completed', [6, 1]],
    ['undoing', [7, 2]],
    ['undone', [8, 3]],
  ] as const)('has those that are %s, and says so of each', async ([status, expected]) => {
    const { imports } = await list({ status });
    expect(imports.map(({ import_id: id }) => ids.indexOf(id))).toEqual(expected);
    expect(new Set(imports.map((each) => each.status))).toEqual(new Set([status]));
    const { imports: all } = await list();
    expect(all.filter((each) => each.status === status)).toEqual(imports);
  });

  test('of a status goes on past those of another', async () => {
    expect(await listed({ status: 'completed', cursor: ids[6] ?? '' })).toEqual([1]);
    expect(await listed({ status: 'undone', from: '2026-01-01T08:00:00Z' })).toEqual([8]);
    expect(await listed({ status: 'undone', idempotency_key: 'key-0' })).toEqual([]);
  });

  test.for([1, 2, 3, 4, 9, 10, 100])('has every import once in pages of %i', async (limit) => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: ListedPage = await list({ limit: String(limit), ...(cursor && { cursor }) });
      expect(page.imports.length).toBeLessThanOrEqual(limit);
      found.push(...page.imports.map(({ import_id: id }) => id));
      cursor = page.next_cursor;
    } while (cursor);
    expect(found).toEqual(ids.toReversed());
  });

  test('of an account that has none is empty', async () => {
    const other = await addAccount(stack().database.sql);
    expect(await list({}, other)).toEqual({ imports: [], next_cursor: null });
  });

  test('has no import of another account, whatever is asked for', async () => {
    const other = await addSmallCatalog(stack().database.sql);
    const othersIds = await addImports(other);
    const filters = [{}, { idempotency_key: 'key-5' }, { cursor: othersIds[9] ?? '' }];
    for (const filter of [...filters, ...importStatuses.map((status) => ({ status }))]) {
      const { imports } = await list(filter);
      expect(imports.length).toBeGreaterThan(0);
      expect(imports.filter(({ import_id: id }) => !ids.includes(id))).toEqual([]);
    }
  });

  test('is cut by time: from is part of it, to is not, each to the microsecond', async () => {
    expect(await listed({ from: '2026-01-01T07:00:00Z' })).toEqual([9, 8, 7]);
    expect(await listed({ from: '2026-01-01T07:00:00.000001Z' })).toEqual([9, 8]);
    expect(await listed({ to: '2026-01-01T02:00:00Z' })).toEqual([1, 0]);
    expect(await listed({ to: '2026-01-01T02:00:00.000001Z' })).toEqual([2, 1, 0]);
    expect(await listed({ from: '2026-01-01T05:00:00+02:00', to: '2026-01-01T05:00' })).toEqual([4, 3]);
    expect(await listed({ from: '2026-01-02', to: '9999-12-31' })).toEqual([]);
    expect(await listed({ from: '1970-01-01', to: '2026-01-01T01:00:00Z' })).toEqual([0]);
  });

  test('goes by the time of acceptance, not by the id, when clocks differ', async () => {
    const { sql } = stack().database;
    const early = ids[4] ?? '';
    const move = async (to: string) => sql.query('UPDATE imports SET created_at = $2 WHERE id = $1', [early, to]);
    try {
      await move('2026-01-01T04:59:59Z');
      expect(await listed({ from: '2026-01-01T04:59:00Z', to: '2026-01-01T05:00:00Z' })).toEqual([4]);
      await move('2026-01-01T03:00:01Z');
      expect(await listed({ from: '2026-01-01T03:00:01Z', to: '2026-01-01T03:00:02Z' })).toEqual([4]);
    } finally {
      await move('2026-01-01T04:00:00Z');
    }
  });

  test('finds the import of an Idempotency-Key', async () => {
    expect(await listed({ idempotency_key: 'key-5' })).toEqual([5]);
    expect(await listed({ idempotency_key: 'key-5', kind: 'revenue' })).toEqual([5]);
    expect(await listed({ idempotency_key: 'key-1' })).toEqual([]);
  });

  test.for([
    ['limit=0', 'limit must be >= 1.'],
    ['limit=101', 'limit must be <= 100.'],
    ['limit=x', 'limit must be integer.'],
    ['status=done', 'status must be one of processing, completed, undoing, undone.'],
    ['kind=clicks', `kind must be one of ${importKinds.join(', ')}.`],
    ['from=yesterday', 'from must be an ISO 8601 date or date-time since 1970, with + written as %2B.'],
    ['to=2026-02-30', 'to must be an ISO 8601 date or date-time since 1970, with + written as %2B.'],
    ['cursor=1', 'cursor must be the next_cursor of a page.'],
    ['cursor=', 'cursor must NOT have fewer than 1 characters.'],
    ['idempotency_key=%00', 'idempotency_key is not valid.'],
    ['page=2', 'There is no parameter "page".'],
    ['status=undone&status=undoing', 'status must be string.'],
  ])('refuses %s', async ([parameters, error]) => {
    const answer = await get(`${stack().url}${LIST_PATH}?${parameters}`, account.apiKey);
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_parameter', error } });
  });

  test('is nobody’s without a key', async () => {
    expect(await get(stack().url + LIST_PATH)).toMatchObject({ status: 401, json: { code: 'missing_api_key' } });
  });
});
