import { countRecentRecords, openDatabase } from '@trackly/db';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { eventually } from '../support/eventually.ts';
import { importIdOf, post, REVENUE_PATH, undoImport } from '../support/http.ts';
import { scrape } from '../support/metrics.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { AS_PAGE, exchange, plain } from './support/exchange.ts';
import { startOps, type TestOps } from './support/ops.ts';
import { PATIENT } from '../support/limits.ts';

describeOnEachQueue('what ops shows of trials, and of undoing', (createQueue) => {
  const stack = useStack({ createQueue, worker: false, chunkSize: 2 });
  const cleanup = new AsyncDisposableStack();
  let ops: TestOps;

  beforeAll(async () => {
    ops = cleanup.use(await startOps(stack().options));
  });
  afterAll(() => cleanup.disposeAsync());

  async function send(records: object[], parameters = ''): Promise<string> {
    const { url, account } = stack();
    const headers = { prefer: 'respond-async' };
    const path = REVENUE_PATH + parameters;
    return importIdOf(await post(url, JSON.stringify({ records }), { apiKey: account.apiKey, headers, path }));
  }

  const read = async (path: string) => (await exchange(ops.url + path, { headers: AS_PAGE })).text;
  const says = async (path: string) => plain(await read(path));
  const record = (revenue: number, messageId = 'm0') => ({ message_id: messageId, offer_id: 'o0', revenue });

  /** Has a worker do what there is to do, until the import's page says what it should. */
  async function work(importId: string, expected: RegExp): Promise<void> {
    await using worker = await startWorker(stack().options);
    expect(worker).toBeDefined();
    await expect.poll(() => says(`/imports/${importId}`)).toMatch(expected);
  }

  test('a dry run is told from what is saved', async () => {
    const { database } = stack();
    const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
    cleanup.defer(() => db.$disconnect());
    const importId = await send([record(1), record(2.5), record(3, 'nowhere'), record(-1)], '?dry_run=true');
    const page = () => read(`/imports/${importId}`);
    expect(plain(await page())).toMatch(/State processing .* Kind revenue, dry run .* Would be saved 0 Rejected 1/);
    await expect.poll(page).toContain(`/queues/queue/imports/try-revenue-chunk-${importId}-0"`);
    await expect.poll(() => says('/')).toMatch(new RegExp(`${importId} .*\\(\\d+\\) dry run 1 of 4`));

    await work(importId, /Would be saved 2 Rejected 2 Revenue that would be saved 3.5 .* 0 2 would be saved \d{4}-/);
    expect(await countRecentRecords(db, 600)).toBe(0);
    const saved = await send([record(1), record(-1)]);
    await work(saved, /State completed .* Kind revenue Request .* Saved 1 Rejected 1 Revenue saved 1 /);
    expect(await countRecentRecords(db, 600)).toBe(1);
  });

  test('an atomic import that was not saved has rejected its bad records alone', async () => {
    const importId = await send([record(1), record(2, 'nowhere'), record(3)], '?atomic=true');
    await work(
      importId,
      /State completed .* Kind revenue, atomic .* Records 3 of 3 Saved 0 Rejected 1 Revenue saved 0 /,
    );
    expect(await read(`/imports/${importId}`)).toContain(`/queues/queue/imports/try-revenue-chunk-${importId}-0"`);
  });

  test('an import is followed until it is undone, and is work like any other', async () => {
    const { url, account, database } = stack();
    const importId = await send([record(1), record(2), record(3.5)]);
    await work(importId, /State completed .* Saved 3/);
    await database.sql.query(`UPDATE imports SET created_at = now() - interval '1 day' WHERE id = $1`, [importId]);
    const undo = await fetch(`${url}/api/v2/history/imports/${importId}`, {
      method: 'DELETE',
      headers: { 'x-api-key': account.apiKey, prefer: 'respond-async' },
    });
    expect(undo.status).toBe(202);

    const page = await read(`/imports/${importId}`);
    expect(plain(page)).toMatch(/State undoing .* Undo requested \d{4}-.* Being undone for (\d+ min )?\d+ s Removed 0/);
    expect(plain(page)).toMatch(/Chunks of the undo Chunk State Records Job 0 open place \d+ 2 .* 1 open place \d+ 1 /);
    expect(page).toContain('/assets/live.js');
    await expect
      .poll(() => read(`/imports/${importId}`))
      .toContain(`/queues/queue/imports/undo-revenue-chunk-${importId}-1"`);
    const open = `Running imports 1 Open chunks 2 Oldest open chunk .*${importId} .* being undone 0 of 3`;
    await expect.poll(() => says('/')).toMatch(new RegExp(open));
    await eventually(async () => {
      const samples = await scrape(ops.url);
      expect(samples.valueOf('trackly_open_chunks')).toBe(2);
      expect(samples.valueOf('trackly_oldest_open_chunk_age_seconds')).toBeLessThan(3_600);
    });

    await work(
      importId,
      /State undone .* Saved 3 .* Undone \d{4}-.* Removed 3 Revenue removed 6.5 .* 0 2 removed \d{4}-/,
    );
    expect(await read(`/imports/${importId}`)).not.toContain('/assets/live.js');
    await expect.poll(() => says('/')).toContain('Open chunks 0 Oldest open chunk none');
  });

  test('an import that is in use says why it is not undone', async () => {
    const { url, account } = stack();
    const made = await post(url, JSON.stringify({ offers: [{ id: 'used', name: 'Used' }] }), {
      path: '/api/v2/offers/bulk',
      apiKey: account.apiKey,
      headers: { prefer: 'respond-async' },
    });
    await work(importIdOf(made), /State completed .* Kind offers .* Saved 1/);
    await work(await send([{ ...record(1), offer_id: 'used' }]), /State completed .* Saved 1/);
    const undo = await undoImport(url, importIdOf(made), account.apiKey, { prefer: 'respond-async' });
    expect(undo.status).toBe(202);
    await work(importIdOf(made), /State completed .* Undo refused \d{4}-.* Referring revenue 1/);
  });
});
