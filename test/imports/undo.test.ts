import { describe, expect, test } from 'vitest';

import { readAccountState, readDrift } from '../support/account-state.ts';
import { addAccount } from '../support/catalog.ts';
import { get, importIdOf, post, postRecords, undoImport, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';

const record = (messageId: string, revenue: number, timestamp: string) => ({
  message_id: messageId,
  offer_id: 'o0',
  revenue,
  timestamp,
});

describeOnEachQueue('undoing an import', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2 });

  const send = (records: unknown[], headers: Record<string, string> = {}): Promise<Answer> => {
    const { url, account } = stack();
    return post(url, JSON.stringify({ records }), { apiKey: account.apiKey, headers });
  };
  const stateOf = async (answer: Answer) => {
    const { url, account } = stack();
    return (await get(`${url}/api/v2/history/imports/${importIdOf(answer)}`, account.apiKey)).json;
  };

  test('leaves everything as if it had never run', async () => {
    const { url, account, database } = stack();
    await send([record('m0', 1, '2025-01-01'), record('m1', 2, '2025-03-01')]);
    const before = await readAccountState(database.sql, account);

    const imported = await send([
      record('m0', 10.0001, '2025-02-01'),
      record('m0', 20, '2024-02-01'),
      record('unknown', 1, '2025-02-01'),
      record('m1', 30, '2025-02-01'),
      record('m2', 40, '2025-02-01'),
    ]);
    const answer = await undoImport(url, importIdOf(imported), account.apiKey);
    expect(answer.headers.get('x-import-id')).toBe(importIdOf(imported));
    expect(answer).toMatchObject({
      status: 200,
      json: {
        import_id: importIdOf(imported),
        status: 'undone',
        record_count: 5,
        undo: { removed_count: 4, removed_revenue: 100.0001, completed_at: expect.any(String) },
      },
    });
    expect(answer.json).toEqual(await stateOf(imported));
    expect(await readAccountState(database.sql, account)).toEqual(before);
  });

  test('keeps what others brought afterwards', async () => {
    const { url, account, database } = stack();
    const first = await send([record('m0', 1, '2025-12-01'), record('m1', 1, '2025-12-01')]);
    await send([record('m0', 5, '2025-11-01')]);
    await undoImport(url, importIdOf(first), account.apiKey);
    expect((await readAccountState(database.sql, account)).contacts[0]).toMatchObject({
      last_revenue_at: '2025-11-01T00:00:00.000000Z',
    });
    expect(await readDrift(database, account)).toBe(0);
  });

  test('has one effect, however often it is asked for', async () => {
    const { url, account, database } = stack();
    const imported = await send([record('m0', 1, '2025-01-01'), record('m1', 2, '2025-01-01')]);
    const undo = () => undoImport(url, importIdOf(imported), account.apiKey);
    const answers = await Promise.all([undo(), undo(), undo(), undo()]);
    answers.push(await undo());
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, json: { status: 'undone', undo: { removed_count: 2 } } });
    expect(await readDrift(database, account)).toBe(0);
  });

  test('uses up its Idempotency-Key', async () => {
    const { url, account } = stack();
    const headers = { 'idempotency-key': 'undone' };
    const imported = await send([record('m0', 1, '2025-01-01')], headers);
    await undoImport(url, importIdOf(imported), account.apiKey);
    const again = await send([record('m0', 1, '2025-01-01')], headers);
    expect(again).toMatchObject({ status: 409, json: { code: 'import_undone' } });
    expect(importIdOf(again)).toBe(importIdOf(imported));
  });

  test('can be followed when it is not waited for', async () => {
    const { url, account } = stack();
    const imported = await send([record('m0', 1, '2025-01-01')]);
    const accepted = await undoImport(url, importIdOf(imported), account.apiKey, { prefer: 'respond-async' });
    const statusUrl = `/api/v2/history/imports/${importIdOf(imported)}`;
    expect(accepted).toMatchObject({
      status: 202,
      json: { import_id: importIdOf(imported), status: 'undoing', status_url: statusUrl },
    });
    expect(accepted.headers.get('location')).toBe(statusUrl);
    expect(accepted.headers.get('preference-applied')).toBe('respond-async');
    await expect.poll(() => stateOf(imported)).toMatchObject({ status: 'undone' });
  });

  test('is for its own account only', async () => {
    const { url, database } = stack();
    const imported = await send([record('m0', 1, '2025-01-01')]);
    const other = await addAccount(database.sql);
    const answer = await undoImport(url, importIdOf(imported), other.apiKey);
    expect(answer).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect(await stateOf(imported)).toMatchObject({ status: 'completed' });
  });

  test.for(['00000000-0000-7000-8000-000000000000', '1', '%00'])('finds nothing as %s', async (importId) => {
    const { url, account } = stack();
    const answer = await undoImport(url, importId, account.apiKey);
    expect(answer).toMatchObject({ status: 404, json: { code: 'not_found' } });
  });

  test('of one without a saved record has nothing to remove', async () => {
    const { url, account } = stack();
    const imported = await postRecords(url, account.apiKey, [{}]);
    const answer = await undoImport(url, importIdOf(imported), account.apiKey);
    expect(answer).toMatchObject({ status: 200, json: { status: 'undone', undo: { removed_count: 0 } } });
  });
});

describe('undoing an import whose contact has less than its rows', () => {
  const failures: string[] = [];
  const stack = useStack({ onFailedAttempt: ({ error }) => failures.push(error.message) });

  test('waits until the cause is fixed, and does not hold up other undos', async () => {
    const { url, account, database } = stack();
    const imported = await postRecords(url, account.apiKey, [record('m0', 1, '2025-01-01')]);
    await database.sql.query('UPDATE list_contacts SET revenue_total = 0.5 WHERE revenue_total = 1');
    const undo = () => undoImport(url, importIdOf(imported), account.apiKey, { prefer: 'wait=5' });
    const undoing = undo();
    await expect.poll(() => failures).toContainEqual(expect.stringContaining('SQLSTATE 23514'));
    const other = await postRecords(url, account.apiKey, [record('m1', 1, '2025-01-01')]);
    expect(await undoImport(url, importIdOf(other), account.apiKey)).toMatchObject({ json: { status: 'undone' } });
    await database.sql.query('UPDATE list_contacts SET revenue_total = 1 WHERE revenue_total = 0.5');
    await undoing;
    await expect.poll(undo).toMatchObject({ status: 200, json: { status: 'undone' } });
    expect(await readDrift(database, account)).toBe(0);
  });
});

describeOnEachQueue('undoing an import that is still running', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 1, worker: false });

  test('stops it: nothing of it is saved, and whoever waits for it is told', async () => {
    const { url, account, database, waiter, options } = stack();
    const records = Array.from({ length: 20 }, () => record('m0', 1, '2025-01-01'));
    const importing = postRecords(url, account.apiKey, records);
    await expect.poll(() => waiter.size).toBe(1);
    const { rows } = await database.sql.query<{ id: string }>('SELECT id FROM imports');
    const importId = rows[0]?.id ?? '';

    const undoing = await undoImport(url, importId, account.apiKey, { prefer: 'respond-async' });
    expect(undoing).toMatchObject({ status: 202 });
    expect(await importing).toMatchObject({ status: 409, json: { code: 'import_undone' } });
    await using worker = await startWorker(options);
    expect(await undoImport(url, importId, account.apiKey)).toMatchObject({
      status: 200,
      json: { status: 'undone', processed_count: 20, undo: { removed_count: 0 } },
    });
    expect((await worker.metrics.saved.get()).values[0]?.value).toBe(0);
    expect((await readAccountState(database.sql, account)).rows).toBe(0);
  });
});
