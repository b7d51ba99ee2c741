import { countDrift, kinds, openDatabase } from '@trackly/db';
import { describe, expect, test } from 'vitest';

import { readStoredRecords } from './support/catalog.ts';
import { eventually } from './support/eventually.ts';
import { get, importIdOf, post, postRecords, REVENUE_PATH } from './support/http.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { useStack, type RunningStack } from './support/suite.ts';
import { failOnAmount, fillContact } from './support/unsavable.ts';
import { PATIENT } from './support/limits.ts';

const SAVE_ERROR = { code: 'save_error', error: 'An unexpected error occurred while saving the record.' };

const recordFor = (messageId: string) => ({ message_id: messageId, offer_id: 'o0', revenue: 1 });

async function expectNoDrift({ database, account }: RunningStack): Promise<void> {
  const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
  expect(await countDrift(db, account.id)).toBe(0);
  await db.$disconnect();
}

describeOnEachQueue('a record that passes all checks and cannot be saved', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 1000 });

  test('harms no other, wherever in the request it is', async () => {
    const { url, account, database } = stack();
    await fillContact(url, account, 'm0');
    for (const [size, position] of [
      [1, 0],
      [2, 0],
      [2, 1],
      [7, 3],
      [1000, 0],
      [1000, 501],
      [1000, 999],
    ] as const) {
      const records = Array.from({ length: size }, (_, index) => recordFor(index === position ? 'm0' : 'm1'));
      const answer = await postRecords(url, account.apiKey, records);
      expect(answer).toMatchObject({
        status: 200,
        json: { success_count: size - 1, error_count: 1, errors: [{ index: position, ...SAVE_ERROR }] },
      });
      const saved = await readStoredRecords(database.sql, importIdOf(answer));
      expect(saved.map(({ record_index: index }) => index)).toEqual(
        Array.from({ length: size }, (_, index) => index).filter((index) => index !== position),
      );
    }
    await expectNoDrift(stack());
  });

  test('several of them are found, in several chunks, among records that are rejected for other reasons', async () => {
    const { url, account } = stack();
    const messages = ['m0', 'm1', 'unknown', 'm0', 'm0', 'm2', 'orphan', 'm1', 'm0'];
    const answer = await postRecords(url, account.apiKey, messages.map(recordFor));
    expect(answer).toMatchObject({
      status: 200,
      json: {
        success_count: 3,
        errors: [
          { index: 0, code: 'save_error' },
          { index: 2, code: 'message_not_found' },
          { index: 3, code: 'save_error' },
          { index: 4, code: 'save_error' },
          { index: 6, code: 'contact_not_found' },
          { index: 8, code: 'save_error' },
        ],
      },
    });
    await expectNoDrift(stack());
  });

  test('is one that does not fit any more: as many are saved as fit', async () => {
    const { url, account } = stack();
    // Any two of them fit into the 0.9999 that are left.
    const records = [0.4, 0.5, 0.3].map((revenue) => ({ message_id: 'm0', offer_id: 'o0', revenue }));
    const answer = await postRecords(url, account.apiKey, records);
    expect(answer).toMatchObject({ json: { success_count: 2, errors: [SAVE_ERROR] } });
    await expectNoDrift(stack());
  });
});

describe('many records that a total cannot hold', () => {
  let attempts = 0;
  const counted = {
    ...kinds.revenue,
    saveChunk: async (...chunk: Parameters<typeof kinds.revenue.saveChunk>) => {
      attempts += 1;
      return kinds.revenue.saveChunk(...chunk);
    },
  };
  const stack = useStack({ chunkSize: 1000, workerKinds: [counted] });

  // To find each by itself would keep a worker from others for a thousand times as long.
  test.for(['?dry_run=true', '?atomic=true', ''])('are found at once: %s', async (query) => {
    const { url, account } = stack();
    await fillContact(url, account, 'm0');
    attempts = 0;
    const records = Array.from({ length: 1_000 }, (_, index) => recordFor(index === 600 ? 'm1' : 'm0'));
    const answer = await post(url, JSON.stringify({ records }), {
      path: REVENUE_PATH + query,
      apiKey: account.apiKey,
    });
    expect(answer).toMatchObject({
      status: 200,
      json: { success_count: query === '?atomic=true' ? 0 : 1, error_count: 999 },
    });
    expect(attempts).toBe(1);
    await expectNoDrift(stack());
  });
});

describe('a failure that nobody foresaw', () => {
  const failures: string[] = [];
  const stack = useStack({ chunkSize: 1000, onFailedAttempt: ({ error }) => failures.push(error.message) });

  test('is tried again some times, and then recorded for the record that it is about', async () => {
    const { url, account, database } = stack();
    await failOnAmount(database.sql, '6.66');
    const records = [1, 2, 6.66, 3].map((revenue) => ({ message_id: 'm1', offer_id: 'o0', revenue }));
    const answer = await postRecords(url, account.apiKey, records);
    expect(answer).toMatchObject({
      status: 200,
      json: { success_count: 3, total_revenue: 6, errors: [{ index: 2, ...SAVE_ERROR }] },
    });
    const { rows } = await database.sql.query('SELECT max(unexpected_failures) AS failures FROM import_chunks');
    expect(rows).toEqual([{ failures: 8 }]);
    expect(failures).toEqual(Array(5).fill('PostgreSQL refused a statement. (SQLSTATE P0001)'));
    await expectNoDrift(stack());
  });

  test('leaves no value in the queue, nor in what the client is told', async () => {
    const { url, account, database } = stack();
    const { rows } = await database.sql.query<{ text: string }>(
      'SELECT string_agg(jobs::text, $1) AS text FROM bullmq.job AS jobs',
      ['\n'],
    );
    expect(rows[0]?.text).toContain('SQLSTATE P0001');
    expect(rows[0]?.text).not.toMatch(/refused for|6\.66|"m1"|trk_/);
    const body = '{"records":[{"message_id":"m1","offer_id":"o0","revenue":6.66}]}';
    const answer = await post(url, body, { apiKey: account.apiKey, headers: { prefer: 'respond-async' } });
    const state = await eventually(async () => {
      const read = await get(url + (answer.headers.get('location') ?? ''), account.apiKey);
      expect(read).toMatchObject({ json: { status: 'completed' } });
      return read;
    });
    expect(answer.text + state.text).not.toMatch(/refused for|P0001|SELECT/);
  });
});
