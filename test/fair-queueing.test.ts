import { acceptImport, kinds, openDatabase, readBacklog, type Database } from '@trackly/db';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Backlog } from '../apps/api/src/load/backlog.ts';
import { addSmallCatalog, type TestAccount } from './support/catalog.ts';
import { createDatabase } from './support/database.ts';
import { checkedRecords } from './support/checked-records.ts';
import { PATIENT } from './support/limits.ts';

const cleanup = new AsyncDisposableStack();
let db: Database;
let sql: Awaited<ReturnType<typeof createDatabase>>['sql'];

beforeAll(async () => {
  const database = cleanup.use(await createDatabase());
  db = openDatabase({ url: database.url, poolSize: 2, applicationName: 'test', ...PATIENT });
  cleanup.defer(() => db.$disconnect());
  ({ sql } = database);
});
afterAll(() => cleanup.disposeAsync());

interface Place {
  accountId: string;
  importId: string;
  chunkIndex: number;
  priority: number;
}

const backlog = new Backlog();

/** Accepts an import of some chunks as the API does. */
async function accept({ id: accountId }: TestAccount, chunkCount: number): Promise<Place[]> {
  backlog.replace(await readBacklog(db));
  const ref = { accountId, importId: uuidv7() };
  const record = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
  const records = checkedRecords(
    kinds.revenue.spec,
    Array.from({ length: chunkCount }, () => record),
  );
  const chunks = records.map((each) => [each]);
  const { virtualTime } = backlog;
  const added = {
    ...ref,
    kind: kinds.revenue.spec,
    requestId: 'test',
    recordCount: chunkCount,
    chunks,
    rejected: [],
    virtualTime,
  };
  const acceptance = await acceptImport(db, added);
  if (acceptance.status !== 'accepted') throw new Error('It was not accepted.');
  const { rows } = await sql.query<{ priority: number }>(
    'SELECT priority FROM import_chunks WHERE import_id = $1 ORDER BY chunk_index',
    [ref.importId],
  );
  expect(rows[0]?.priority).toBe(acceptance.priority);
  return rows.map(({ priority }, chunkIndex) => ({ ...ref, chunkIndex, priority }));
}

/** In the order in which a queue hands them out: by place, and then as they came. */
function next(queue: Place[]): Place {
  const first = queue.reduce((best, place) => (place.priority < best.priority ? place : best));
  queue.splice(queue.indexOf(first), 1);
  return first;
}

test('whatever comes and goes, no account overtakes itself, and a newcomer waits for one chunk of each other', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ account: fc.nat(2), chunks: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ serve: fc.integer({ min: 1, max: 8 }) }),
    ),
    { minLength: 5, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      await sql.query('DELETE FROM import_chunks');
      const accounts = [await addSmallCatalog(sql), await addSmallCatalog(sql), await addSmallCatalog(sql)];
      const newcomer = await addSmallCatalog(sql);
      const queue: Place[] = [];
      const served = new Map<string, string>();

      const serve = async (): Promise<Place> => {
        const place = next(queue);
        const name = `${place.importId} ${String(place.chunkIndex).padStart(4, '0')}`;
        expect(name > (served.get(place.accountId) ?? '')).toBe(true);
        served.set(place.accountId, name);
        await kinds.revenue.saveChunk(db, place);
        return place;
      };

      for (const step of script) {
        if ('chunks' in step) queue.push(...(await accept(accounts[step.account]!, step.chunks)));
        else for (let count = 0; count < step.serve && queue.length > 0; count += 1) await serve();
      }
      queue.push(...(await accept(newcomer, 1)));
      let before = 0;
      while ((await serve()).accountId !== newcomer.id) before += 1;
      expect(before).toBeLessThanOrEqual(accounts.length * 2);
    }),
    { numRuns: 40 },
  );
});

test('the last place is given to many', async () => {
  const account = await addSmallCatalog(sql);
  const [first] = await accept(account, 1);
  await sql.query('UPDATE import_chunks SET priority = 2097150 WHERE import_id = $1', [first?.importId]);
  const places = [...(await accept(account, 3)), ...(await accept(account, 1))];
  expect(places.map(({ priority }) => priority)).toEqual([2097148, 2097149, 2097150, 2097150]);
});
