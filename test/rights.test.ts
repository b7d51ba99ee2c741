import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createBareRole, giveWhatIsMissing, type BareRole } from './support/bare-role.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';

const QUEUE_SCHEMA = 'bullmq';

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;
let role: BareRole;
let needed: string[];

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
  role = cleanup.use(await createBareRole(database));
  needed = await giveWhatIsMissing(role, QUEUE_SCHEMA);
});
afterAll(() => cleanup.disposeAsync());

const takeFor = async <T>(right: string, act: () => Promise<T>): Promise<T> => {
  await role.take(right);
  try {
    return await act();
  } finally {
    await role.give(right);
  }
};

describe('the rights that processes check', () => {
  test('are on all tables', async () => {
    const { rows } = await database.sql.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    const onTables = needed.map((each) => each.split(' on ')[1]);
    expect(onTables).toEqual(expect.arrayContaining(rows.map(({ name }) => name)));
  });

  test('are named, each, when they are missing, and no other', async () => {
    const each = needed.flatMap((rights) => {
      const [list = '', object = ''] = rights.split(' on ');
      return list.split(', ').map((right) => `${right} on ${object}`);
    });
    // Without this one, the others on what is in the schema are not known.
    const onSchema = 'USAGE on schema public';
    for (const right of each.filter((other) => other !== onSchema)) {
      expect(await takeFor(right, () => role.missing(QUEUE_SCHEMA))).toEqual([right]);
    }
    expect(await takeFor(onSchema, () => role.missing(QUEUE_SCHEMA))).toEqual([onSchema]);
  });

  test('are none on the queue in PostgreSQL if it is in Redis', async () => {
    const ofQueue = needed.filter((right) => right.includes(QUEUE_SCHEMA));
    expect(ofQueue.length).toBeGreaterThan(0);
    for (const right of ofQueue) await role.take(right);
    expect(await role.missing(undefined)).toEqual([]);
    for (const right of ofQueue) await role.give(right);
  });

  test('to create the sequence of job ids is one of them where migrations have not made it', async () => {
    const { rows } = await database.sql.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relname LIKE 'bullmq_jid_%'`,
    );
    await database.sql.query(`ALTER SEQUENCE bullmq.${rows[0]?.name} RENAME TO elsewhere`);
    expect(await role.missing(QUEUE_SCHEMA)).toEqual([`CREATE on schema ${QUEUE_SCHEMA}`]);
    await database.sql.query(`ALTER SEQUENCE bullmq.elsewhere RENAME TO ${rows[0]?.name}`);
  });
});
