import { acceptImport, kinds, openDatabase, readOutcomes, type Database } from '@trackly/db';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { withFewShrinks } from '../support/few-shrinks.ts';
import { PATIENT } from '../support/limits.ts';
import { addLists, LIST, OTHER_LIST, phone, readListContacts } from './contacts.ts';

const RUNS = 60;
const MOST_BYTES = 4000;

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
  db = openDatabase({ url: database.url, poolSize: 2, applicationName: 'test', ...PATIENT });
  cleanup.defer(() => db.$disconnect());
});
afterAll(() => cleanup.disposeAsync());

interface Sent {
  phone_number: string;
  list_number: string;
  signup_date?: string | undefined;
  ip_address?: string | undefined;
  url?: string | undefined;
  custom_fields?: Record<string, unknown> | undefined;
}

const value = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((number) => number === 0 || Math.abs(number) > 1e-5),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  // Two of these have no room together, apart from their spaces.
  fc.integer({ min: 1900, max: 1990 }).map((length) => ', '.repeat(length / 2)),
  fc.array(fc.integer(), { maxLength: 4 }),
  fc.array(fc.constant({}), { maxLength: 3 }),
);
const absent = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const record: fc.Arbitrary<Sent> = fc.record({
  phone_number: fc.integer({ min: 0, max: 2 }).map(phone),
  list_number: fc.constantFrom(LIST, OTHER_LIST),
  signup_date: absent(fc.constantFrom('2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z')),
  ip_address: absent(fc.constantFrom('::1', '203.0.113.7')),
  url: absent(fc.constantFrom('https://a.example', 'https://b.example')),
  custom_fields: absent(
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '"', 'ä, :'), value, { maxKeys: 3, noNullPrototype: true }),
  ),
});

interface Contact {
  signup_date: string | undefined;
  ip_address: string | null;
  url: string | null;
  custom_fields: Record<string, unknown>;
}

/** What the imports are to leave behind, by phone number and list, and the records that are rejected. */
class Model {
  readonly contacts = new Map<string, Contact>();

  /** @returns whether the record is saved */
  save({ phone_number: number, list_number: list, ...sent }: Sent): boolean {
    const key = `${number} ${list}`;
    const before = this.contacts.get(key);
    const fields = { ...before?.custom_fields, ...sent.custom_fields };
    if (sent.custom_fields && Buffer.byteLength(JSON.stringify(fields)) > MOST_BYTES) return false;
    this.contacts.set(key, {
      signup_date: sent.signup_date ?? before?.signup_date,
      ip_address: sent.ip_address ?? before?.ip_address ?? null,
      url: sent.url ?? before?.url ?? null,
      custom_fields: fields,
    });
    return true;
  }
}

const fits = ({ custom_fields: fields = {} }: Sent) => Buffer.byteLength(JSON.stringify(fields)) <= 3800;

test('records are merged as if they came one after the other', async () => {
  const check = async (imports: Sent[][]) => {
    const account = await addAccount(database.sql);
    await addLists(database.sql, account);
    const model = new Model();
    for (const records of imports) {
      const ref = { accountId: account.id, importId: uuidv7() };
      const before = new Set(model.contacts.keys());
      const rejected = records.flatMap((each, index) => (model.save(each) ? [] : [index]));
      const made = [...model.contacts.keys()].filter((key) => !before.has(key));
      const known = new Set([...before].map((key) => key.split(' ')[0]));
      const people = new Set(made.map((key) => key.split(' ')[0]).filter((number) => !known.has(number)));
      await acceptImport(db, {
        ...ref,
        kind: kinds.contacts.spec,
        requestId: 'test',
        recordCount: records.length,
        chunks: [
          checkedRecords(
            kinds.contacts.spec,
            records.map((each) => ({ ...each })),
          ),
        ],
        rejected: [],
        virtualTime: 0,
      });
      await kinds.contacts.saveChunk(db, { ...ref, chunkIndex: 0 });
      expect((await readOutcomes(db, [ref])).get(ref.importId)).toMatchObject({
        rejections: rejected.map((index) => ({ index, code: 'custom_fields_too_large' })),
        totals: { contacts_created: String(people.size), list_contacts_created: String(made.length) },
      });
    }
    const stored = await readListContacts(database.sql, account);
    expect(stored).toHaveLength(model.contacts.size);
    for (const each of stored) {
      const expected = model.contacts.get(`${each.phone_number} ${each.list_number}`);
      expect(each).toMatchObject({ ip_address: expected?.ip_address, url: expected?.url });
      expect(each.custom_fields ?? {}).toEqual(expected?.custom_fields);
      // Otherwise the time of acceptance.
      const date = expected?.signup_date === undefined ? each.signup_date : new Date(expected.signup_date);
      expect(each.signup_date).toEqual(date);
    }
  };
  const someImports = fc.array(fc.array(record.filter(fits), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(fc.asyncProperty(someImports, withFewShrinks(check)), { numRuns: RUNS });
});

test('the bytes of JSON are counted as JavaScript writes it', async () => {
  const check = async (fields: Record<string, unknown>) => {
    const text = JSON.stringify(fields);
    const { rows } = await database.sql.query('SELECT compact_json_bytes($1::jsonb)::integer AS bytes', [text]);
    expect(rows).toEqual([{ bytes: Buffer.byteLength(text) }]);
  };
  const { tree } = fc.letrec<{ tree: unknown; node: unknown }>((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, value, tie('tree'), fc.array(tie('node'), { maxLength: 3 })),
    tree: fc.dictionary(
      fc.string({ maxLength: 3 }).filter((key) => !key.includes('\0')),
      tie('node'),
      {
        maxKeys: 3,
        noNullPrototype: true,
      },
    ),
  }));
  const isObject = (each: unknown): each is Record<string, unknown> => typeof each === 'object' && each !== null;
  await fc.assert(fc.asyncProperty(tree.filter(isObject), withFewShrinks(check)), { numRuns: 300 });
});
