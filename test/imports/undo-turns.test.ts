import { afterAll, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import { addSmallCatalog } from '../support/catalog.ts';
import { get, importIdOf, postRecords, undoImport } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { holdTurn } from '../support/hold-turn.ts';

/** More than a worker does at the same time. */
const UNDOS = 12;
const NOW = { prefer: 'respond-async' };
const record = { message_id: 'm0', offer_id: 'o0', revenue: 1 };

describeOnEachQueue('an account with many undos that wait for its turn', (createQueue) => {
  const failures: unknown[] = [];
  const stack = useStack({ createQueue, onFailedAttempt: ({ error }) => failures.push(error) });
  const cleanup: (() => void)[] = [];
  afterAll(() => cleanup.forEach((release) => release()));

  test('does not hold the workers, and gets it in the end', async () => {
    const { url, account, database } = stack();
    const other = await addSmallCatalog(database.sql);
    const imported = await Promise.all(Array.from({ length: UNDOS }, () => postRecords(url, account.apiKey, [record])));
    const holder = await holdTurn(database.sql, account.id);
    cleanup.push(() => holder.release(true));

    const undoing = await Promise.all(imported.map((each) => undoImport(url, importIdOf(each), account.apiKey, NOW)));
    expect(undoing.map(({ status }) => status)).toEqual(imported.map(() => 202));
    for (let round = 0; round < 10; round += 1) {
      const answer = await postRecords(url, other.apiKey, [record], { prefer: 'wait=3' });
      expect(answer).toMatchObject({ status: 200, json: { success_count: 1 } });
    }
    await holder.query('COMMIT');

    for (const each of imported) {
      await expect
        .poll(() => get(`${url}/api/v2/history/imports/${importIdOf(each)}`, account.apiKey))
        .toMatchObject({ json: { status: 'undone', undo: { removed_count: 1 } } });
    }
    expect(await readDrift(database, account)).toBe(0);
    expect(failures).toEqual([]);
  });

  test('gets it although its imports take turns all the time', async () => {
    const { url, account, database } = stack();
    const first = await postRecords(url, account.apiKey, [record]);
    const ending = new AbortController();
    const flood = Array.from({ length: 6 }, async () => {
      while (!ending.signal.aborted) await postRecords(url, account.apiKey, [record]);
    });
    const undone = await undoImport(url, importIdOf(first), account.apiKey);
    ending.abort();
    await Promise.all(flood);
    expect(undone).toMatchObject({ status: 200, json: { status: 'undone', undo: { removed_count: 1 } } });
    expect(await readDrift(database, account)).toBe(0);
    expect(failures).toEqual([]);
  });
});
