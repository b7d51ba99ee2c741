import { randomUUID } from 'node:crypto';

import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { eventually } from '../support/eventually.ts';
import { importIdOf, post } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { failOnAmount } from '../support/unsavable.ts';
import { AS_PAGE, exchange, plain } from './support/exchange.ts';
import { startOps, type TestOps } from './support/ops.ts';

const PASSES = '40001';

/** Nothing that the API lets through, but what is in a database comes from many hands. */
const HOSTILE = `<script>alert('x')</script>"`;

describeOnEachQueue('the pages of ops', (createQueue) => {
  const stack = useStack({ createQueue, worker: false, chunkSize: 2 });
  const cleanup = new AsyncDisposableStack();
  let ops: TestOps;

  beforeAll(async () => {
    ops = cleanup.use(await startOps(stack().options));
  });
  afterAll(() => cleanup.disposeAsync());

  /** Sends records and does not wait for them; returns the import's id. */
  async function send(records: object[], requestId: string): Promise<string> {
    const { url, account } = stack();
    const headers = { prefer: 'respond-async', 'x-request-id': requestId };
    return importIdOf(await post(url, JSON.stringify({ records }), { apiKey: account.apiKey, headers }));
  }

  const read = async (path: string) => exchange(ops.url + path, { headers: AS_PAGE });
  const find = async (id: string) => read(`/search?${new URLSearchParams({ q: id }).toString()}`);
  const record = (revenue: number, messageId = 'm0') => ({ message_id: messageId, offer_id: 'o0', revenue });

  test('an import is followed from its acceptance to its end', async () => {
    const importId = await send([record(1), record(2), record(3.5), record(-1), record(4, 'nowhere')], 'night-1');
    await eventually(async () => {
      const { text } = await read('/');
      expect(text).toContain(`href="/imports/${importId}"`);
      expect(plain(text)).toMatch(/Running imports 1 Open chunks 2 Oldest open chunk (\d+ min )?\d+ s/);
      expect(plain(text)).toMatch(/Jobs waiting next in line 1 prioritized in line after those 1 active/);
      expect(plain(text)).toContain('1 of 5');
    });

    const open = await read(`/imports/${importId}`);
    expect(plain(open.text)).toMatch(/State processing .* Request night-1 .* Records 1 of 5 Saved 0 Rejected 1/);
    expect(open.text).toContain(`/queues/queue/imports/save-revenue-chunk-${importId}-1"`);
    expect(open.text).toContain('/assets/live.js');

    cleanup.use(await startWorker({ ...stack().options, onFailedAttempt: () => undefined }));
    await eventually(async () => {
      const { text } = await read(`/imports/${importId}`);
      expect(plain(text)).toMatch(/State completed .* Records 5 of 5 Saved 3 Rejected 2 Revenue saved 6.5/);
      expect(plain(text)).toContain('invalid_revenue 1 message_not_found 1');
      expect(plain(text)).toMatch(/0 2 saved .* UTC 2 completed attempts: 1/);
      expect(text).not.toContain('/assets/live.js');
    });
    await eventually(async () => {
      const { text } = await read('/');
      expect(plain(text)).toContain('None: all accepted imports are completed.');
      expect(plain(text)).toContain('Open chunks 0 Oldest open chunk none');
    });
  });

  test('an import is found by its id, and by the id of the request that brought it', async () => {
    const first = await send([record(-1)], 'night-2');
    const byImport = await find(` ${first} `);
    expect([byImport.status, byImport.headers.location]).toEqual([303, `/imports/${first}`]);
    const byRequest = await find('night-2');
    expect([byRequest.status, byRequest.headers.location]).toEqual([303, `/imports/${first}`]);
    expect(plain((await read(`/imports/${first}`)).text)).toContain('None: the checks rejected every record.');

    const second = await send([record(-1)], 'night-2');
    const both = await find('night-2');
    expect(both.status).toBe(200);
    expect(both.text.indexOf(second)).toBeGreaterThan(0);
    expect(both.text.indexOf(second)).toBeLessThan(both.text.indexOf(first));
  });

  test.each(['night-404', uuidv7(), HOSTILE, 'x'.repeat(900), 'nul\0', '/', '   '])(
    'what is not known is said so, and where else to look: %s',
    async (id) => {
      const { status, text } = await find(id);
      expect(status).toBe(404);
      expect(text).toContain('Nothing found for');
      expect(text).toContain('logs of the API');
      expect(text).toContain('kept for 30 days');
      expect(text).not.toContain('<script>alert');
    },
  );

  test('a path or a question that makes no sense is refused in plain words', async () => {
    expect((await read('/search')).status).toBe(400);
    expect((await read(`/search?q=${'x'.repeat(1_001)}`)).status).toBe(400);
    expect((await read(`/imports/${randomUUID()}`)).status).toBe(404);
    expect((await read('/imports/1')).status).toBe(404);
    expect((await read('/nothing')).status).toBe(404);
  });

  test('no text of anyone’s becomes part of a page', async () => {
    const importId = uuidv7();
    const { database, account } = stack();
    await database.sql.query('UPDATE accounts SET name = $2 WHERE id = $1', [account.id, HOSTILE]);
    await database.sql.query(
      `WITH import AS (
         INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
         VALUES ($1, $2, $3, $3, 1, '[]')
       )
       INSERT INTO import_chunks (account_id, import_id, chunk_index, record_count, record_indexes)
       VALUES ($1, $2, 0, 1, '{0}')`,
      [account.id, importId, HOSTILE],
    );
    await eventually(async () => expect((await read('/')).text).toContain(importId));
    for (const path of ['/', `/imports/${importId}`]) {
      const { text } = await read(path);
      expect(text).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;');
      expect(text).not.toContain('<script>alert');
    }
    await database.sql.query('DELETE FROM import_chunks WHERE import_id = $1', [importId]);
    await database.sql.query('DELETE FROM imports WHERE id = $1', [importId]);
  });

  test('a job that keeps failing tells its story, a record that could not be saved is named', async () => {
    const { database, account } = stack();
    await failOnAmount(database.sql, '6.66', PASSES);
    const importId = await send([record(6.66)], 'night-3');
    const jobId = `save-revenue-chunk-${importId}-0`;
    await eventually(async () => {
      const { text } = await read('/');
      expect(plain(text)).toContain(
        `${importId} job delayed PostgreSQL could not carry out a statement now. (SQLSTATE 40001)`,
      );
      expect(text).toContain(`href="/queues/queue/imports/${jobId}"`);
    });

    const job: unknown = JSON.parse((await read(`/queues/api/queues/imports/${jobId}`)).text);
    expect(job).toMatchObject({
      job: {
        data: { accountId: account.id, importId, chunkIndex: 0, requestId: 'night-3' },
        failedReason: expect.stringContaining('SQLSTATE 40001'),
        isFailed: true,
        externalUrl: { href: `/imports/${importId}` },
      },
    });
    const [first]: unknown[] = JSON.parse((await read(`/queues/api/queues/imports/${jobId}/logs`)).text);
    expect(first).toMatch(
      new RegExp(
        `^\\d{4}-.*Z attempt 1 failed: PostgreSQL could not carry out a statement now. \\(SQLSTATE 40001\\) \\| ` +
          `account ${account.id} \\| import ${importId} \\| chunk 0 \\| request night-3$`,
      ),
    );

    await database.sql.query('DROP FUNCTION refuse() CASCADE');
    await failOnAmount(database.sql, '7.77', '22003');
    const unsavable = await send([record(1), record(7.77)], 'night-4');
    await eventually(async () => {
      expect(plain((await read('/')).text)).toMatch(
        new RegExp(`Records that could not be saved .* ${unsavable} .* 1 \\d{4}-`),
      );
    });
    expect(plain((await read(`/imports/${unsavable}`)).text)).toContain('save_error 1');
    await eventually(async () => {
      expect(plain((await read(`/imports/${importId}`)).text)).toContain('State completed');
    });
  });

  test('Bull Board changes nothing unless that is allowed', async () => {
    const pause = async ({ url }: TestOps) => exchange(`${url}/queues/api/queues/imports/pause`, { method: 'PUT' });
    const unsafe = [
      ['PUT', '/queues/api/queues/pause'],
      ['POST', '/queues/api/queues/imports/add'],
      ['PUT', '/queues/api/queues/imports/obliterate'],
      ['PATCH', '/queues/api/queues/imports/1/update-data'],
    ] as const;
    for (const [method, path] of unsafe) {
      const { status, text } = await exchange(ops.url + path, { method });
      expect.soft([path, status]).toEqual([path, 403]);
      expect.soft(text).toContain('set OPS_ALLOW_ACTIONS=true');
    }

    await using allowed = await startOps({ ...stack().options, allowActions: true });
    const isPaused = async () => (await read('/queues/api/queues')).text.includes('"isPaused":true');
    expect([(await pause(allowed)).status, await isPaused()]).toEqual([200, true]);
    const resumed = await exchange(`${allowed.url}/queues/api/queues/imports/resume`, { method: 'PUT' });
    expect([resumed.status, await isPaused()]).toEqual([200, false]);
  });

  test('what pages say of themselves keeps scripts of others and frames out', async () => {
    const { headers } = await read('/');
    expect(headers['content-security-policy']).toContain(`default-src 'none'`);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    const board = (await read('/queues')).headers['content-security-policy'];
    expect(board).toContain(`script-src 'self';`);
    expect(board).toContain(`frame-ancestors 'none'`);
  });
});
