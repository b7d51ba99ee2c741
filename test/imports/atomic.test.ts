import { isDeepStrictEqual } from 'node:util';

import { expect, test } from 'vitest';

import { readAccountState, readDrift } from '../support/account-state.ts';
import { get, importIdOf, post, REVENUE_PATH, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { failOnAmount } from '../support/unsavable.ts';

const record = (messageId: string, revenue: number | string = 1.5) => ({
  message_id: messageId,
  offer_id: 'o0',
  revenue,
});

describeOnEachQueue('an atomic import', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2 });

  function importWhole(records: unknown[], headers: Record<string, string> = {}): Promise<Answer> {
    const { url, account } = stack();
    const path = `${REVENUE_PATH}?atomic=true`;
    return post(url, JSON.stringify({ records }), { path, apiKey: account.apiKey, headers });
  }

  /** What becomes of an atomic import, and whether the account is as it was before. */
  async function attempt(records: unknown[]) {
    const { url, database, account } = stack();
    const before = await readAccountState(database.sql, account);
    const answer = await importWhole(records);
    const isUnchanged = isDeepStrictEqual(await readAccountState(database.sql, account), before);
    const state = await get(`${url}/api/v2/history/imports/${importIdOf(answer)}`, account.apiKey);
    return { status: answer.status, answer: answer.json, isUnchanged, state: state.json };
  }

  const nothingSaved = (errors: object[]) => {
    const envelope = { success_count: 0, error_count: errors.length, total_revenue: 0, errors };
    const state = { status: 'completed', atomic: true, dry_run: false, result: envelope };
    return { status: 200, answer: envelope, isUnchanged: true, state };
  };

  test('is saved when all of its records can be', async () => {
    const { database, account } = stack();
    const before = await readAccountState(database.sql, account);
    const answer = await importWhole(['m0', 'm1', 'm0', 'm0', 'm1'].map((id) => record(id)));
    expect(answer).toMatchObject({ status: 200, json: { success_count: 5, error_count: 0, total_revenue: 7.5 } });
    expect((await readAccountState(database.sql, account)).rows).toBe(before.rows + 5);
    expect(await readDrift(database, account)).toBe(0);
  });

  test.for([
    ['the checks refuse', {}, 'missing_message_id'],
    ['names no message', record('unknown'), 'message_not_found'],
    ['names no offer', { ...record('m0'), offer_id: 'unknown' }, 'offer_not_found'],
    ['has no contact any more', record('orphan'), 'contact_not_found'],
  ] as const)('is not saved when one record %s', async ([, bad, code]) => {
    const outcome = await attempt([record('m0'), record('m1'), bad, record('m1')]);
    expect(outcome).toMatchObject(nothingSaved([{ index: 2, code }]));
  });

  test('names all records that it failed for, those of the checks and those of the database', async () => {
    const outcome = await attempt([record('m0'), record('orphan'), {}, record('m1'), record('unknown')]);
    expect(outcome).toMatchObject(
      nothingSaved([
        { index: 1, code: 'contact_not_found' },
        { index: 2, code: 'missing_message_id' },
        { index: 4, code: 'message_not_found' },
      ]),
    );
  });

  test('is not saved when one record cannot be', async () => {
    const { database } = stack();
    await failOnAmount(database.sql, '6.66', '22003');
    const records = [1, 2, 6.66, 3].map((revenue) => record('m1', revenue));
    expect(await attempt(records)).toMatchObject(nothingSaved([{ index: 2, code: 'save_error' }]));
  });

  test('has one effect under its key, and is another request than one that is not atomic', async () => {
    const { url, account, database } = stack();
    const headers = { 'idempotency-key': 'whole' };
    const first = await importWhole([record('m0')], headers);
    const before = await readAccountState(database.sql, account);
    const second = await importWhole([record('m0')], headers);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const body = JSON.stringify({ records: [record('m0')] });
    const plain = await post(url, body, { apiKey: account.apiKey, headers });
    expect(plain).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    expect(await readAccountState(database.sql, account)).toEqual(before);
  });

  test('is not saved when its records do not fit together', async () => {
    const { database, account } = stack();
    await database.sql.query(
      `UPDATE list_contacts SET revenue_total = 99999999999999
       WHERE account_id = $1 AND id = (SELECT max(id) FROM list_contacts WHERE account_id = $1)`,
      [account.id],
    );
    // Any two of them fit into the 0.9999 that are left.
    const records = [0.4, 0.5, 0.3].map((revenue) => record('m2', revenue));
    expect(await attempt(records)).toMatchObject(nothingSaved([{ index: 1, code: 'save_error' }]));
  });
});
