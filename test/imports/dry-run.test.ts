import { describe, expect, test } from 'vitest';

import { readAccountState } from '../support/account-state.ts';
import { get, importIdOf, post, REVENUE_PATH, undoImport, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { failOnAmount } from '../support/unsavable.ts';

const record = (messageId: string, revenue: number | string = 1.5) => ({
  message_id: messageId,
  offer_id: 'o0',
  revenue,
});

describeOnEachQueue('a dry run', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2 });

  function sendDryRun(records: unknown[], headers: Record<string, string> = {}): Promise<Answer> {
    const { url, account } = stack();
    const path = `${REVENUE_PATH}?dry_run=true`;
    return post(url, JSON.stringify({ records }), { path, apiKey: account.apiKey, headers });
  }

  test('answers as the import would, and saves nothing', async () => {
    const { database, account } = stack();
    const before = await readAccountState(database.sql, account);
    const answer = await sendDryRun([record('m0'), {}, record('m1', '2.25'), record('unknown'), record('orphan')]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-dry-run')).toBe('true');
    expect(answer.json).toMatchObject({
      success_count: 2,
      error_count: 3,
      total_revenue: 3.75,
      errors: [
        { index: 1, code: 'missing_message_id' },
        { index: 3, code: 'message_not_found' },
        { index: 4, code: 'contact_not_found' },
      ],
    });
    expect(await readAccountState(database.sql, account)).toEqual(before);
  });

  test('is told apart from an import', async () => {
    const { url, account } = stack();
    const dryRun = await sendDryRun([record('m0')]);
    const importUrl = (answer: Answer) => `${url}/api/v2/history/imports/${importIdOf(answer)}`;
    expect(await get(importUrl(dryRun), account.apiKey)).toMatchObject({
      json: { status: 'completed', dry_run: true, result: { success_count: 1 } },
    });
    const imported = await post(url, JSON.stringify({ records: [record('m0')] }), { apiKey: account.apiKey });
    expect(imported.headers.has('x-dry-run')).toBe(false);
    expect(await get(importUrl(imported), account.apiKey)).toMatchObject({ json: { dry_run: false } });
  });

  test('can be followed when it is not waited for', async () => {
    const { url, account } = stack();
    const accepted = await sendDryRun([record('m0')], { prefer: 'respond-async' });
    expect(accepted).toMatchObject({ status: 202, json: { status: 'processing' } });
    expect(accepted.headers.get('x-dry-run')).toBe('true');
    const status = () => get(url + (accepted.headers.get('location') ?? ''), account.apiKey);
    await expect
      .poll(status)
      .toMatchObject({ json: { status: 'completed', result: { success_count: 1, total_revenue: 1.5 } } });
  });

  test('uses up no Idempotency-Key: it can be had again, and the import after it', async () => {
    const { url, account } = stack();
    const headers = { 'idempotency-key': 'dry-run' };
    const body = JSON.stringify({ records: [record('m0')] });
    for (let time = 0; time < 2; time += 1) {
      const dryRun = await sendDryRun([record('m0')], headers);
      expect(dryRun.headers.has('idempotent-replayed')).toBe(false);
    }
    const imported = await post(url, body, { apiKey: account.apiKey, headers });
    expect(imported).toMatchObject({ status: 200, json: { success_count: 1 } });
    expect(imported.headers.has('idempotent-replayed')).toBe(false);
    expect((await sendDryRun([record('m0')], headers)).headers.has('idempotent-replayed')).toBe(false);
  });

  test('has nothing to be undone, and can be', async () => {
    const { url, account, database } = stack();
    const before = await readAccountState(database.sql, account);
    const undone = await undoImport(url, importIdOf(await sendDryRun([record('m0')])), account.apiKey);
    expect(undone).toMatchObject({ status: 200, json: { status: 'undone', undo: { removed_count: 0 } } });
    expect(await readAccountState(database.sql, account)).toEqual(before);
  });

  test.for(['dry_run=1', 'dry_run=', 'dry_run=True', 'dry_run=true&dry_run=true', 'dryrun=true', 'atomic=yes', 'x'])(
    'is not asked for with ?%s: nothing is imported, whatever the body is',
    async (parameters) => {
      const { url, account, database } = stack();
      const before = await readAccountState(database.sql, account);
      for (const records of [[record('m0')], [record('m0'), {}]]) {
        const path = `${REVENUE_PATH}?${parameters}`;
        const answer = await post(url, JSON.stringify({ records }), { path, apiKey: account.apiKey });
        expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
      }
      expect(await readAccountState(database.sql, account)).toEqual(before);
    },
  );
});

describe('a dry run of what cannot be saved', () => {
  const stack = useStack({ onFailedAttempt: () => undefined });

  test.for([
    ['data', '22003'],
    ['a reason that nobody foresaw', 'P0001'],
  ] as const)('finds the culprits: %s', async ([, sqlState]) => {
    const { url, account, database } = stack();
    await database.sql.query('DROP FUNCTION IF EXISTS refuse CASCADE');
    await failOnAmount(database.sql, '6.66', sqlState);
    const records = [1, 6.66, 2, 6.66, 3].map((revenue) => record('m1', revenue));
    const body = JSON.stringify({ records });
    const dryRun = await post(url, body, { path: `${REVENUE_PATH}?dry_run=true`, apiKey: account.apiKey });
    expect(dryRun).toMatchObject({
      status: 200,
      json: {
        success_count: 3,
        total_revenue: 6,
        errors: [
          { index: 1, code: 'save_error' },
          { index: 3, code: 'save_error' },
        ],
      },
    });
    const imported = await post(url, body, { apiKey: account.apiKey });
    expect(imported.text).toBe(dryRun.text);
  });
});
