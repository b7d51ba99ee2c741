import { beforeEach, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import { addMessages, type TestAccount } from '../support/catalog.ts';
import { get, importIdOf, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { addSender, LISTS, person, postSends, readMessages, readRecipients, send, type StoredSend } from './support.ts';

const [first = '', second = ''] = LISTS;
describeOnEachQueue('importing sends', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2 });
  let account: TestAccount & { listIds: number[] };

  beforeEach(async () => {
    account = await addSender(stack().database.sql);
  });

  const post = (records: unknown[], query = '') => postSends(stack().url, account, records, {}, query);
  const messages = () => readMessages(stack().database.sql, account);
  const drift = () => readDrift(stack().database, account);
  const errorsOf = async (answer: Answer) =>
    (await get(`${stack().url}/api/v2/history/imports/${importIdOf(answer)}/errors`, account.apiKey)).json;

  test('makes messages and, where there is none, the contact and its place on the list', async () => {
    const answer = await post([
      send('hist_0001', 1, { send_type: 'campaign', delivered: true, length: 35, message: 'Hello' }),
      send('hist_0002', 1, { timestamp: '2025-03-01' }),
      send('hist_0003', 2, { list_number: second }),
    ]);
    expect(answer.text).toBe(
      '{"success_count":3,"error_count":0,"invalid_phones":0,"duplicates_skipped":0,"errors":[]}',
    );
    const imported = { imported: true, import_id: importIdOf(answer) };
    expect(await messages()).toEqual([
      {
        id: 'hist_0001',
        list: first,
        to: person(1),
        sent_at: '2025-01-01T00:00:00Z',
        send_type: 'campaign',
        delivered: true,
        length: 35,
        ...imported,
        record_index: 0,
      },
      {
        id: 'hist_0002',
        list: first,
        to: person(1),
        sent_at: '2025-03-01T00:00:00Z',
        send_type: null,
        delivered: null,
        length: null,
        ...imported,
        record_index: 1,
      },
      {
        id: 'hist_0003',
        list: second,
        to: person(2),
        sent_at: '2025-01-01T00:00:00Z',
        send_type: null,
        delivered: null,
        length: null,
        ...imported,
        record_index: 2,
      },
    ] satisfies StoredSend[]);
    expect(await readRecipients(stack().database.sql, account)).toEqual([
      {
        list: first,
        to: person(1),
        send_count: 2,
        last_sent_at: '2025-03-01T00:00:00Z',
        conversion_count: 0,
        signup_method: 'import',
      },
      {
        list: second,
        to: person(2),
        send_count: 1,
        last_sent_at: '2025-01-01T00:00:00Z',
        conversion_count: 0,
        signup_method: 'import',
      },
    ]);
    expect(await drift()).toBe(0);
  });

  test('counts messages of contacts that are there', async () => {
    await post([send('a', 1, { timestamp: '2025-06-01' })]);
    await post([send('b', 1), send('c', 1, { list_number: second })]);
    expect(await readRecipients(stack().database.sql, account)).toMatchObject([
      { list: first, to: person(1), send_count: 2, last_sent_at: '2025-06-01T00:00:00Z' },
      { list: second, to: person(1), send_count: 1, last_sent_at: '2025-01-01T00:00:00Z' },
    ]);
    expect(await drift()).toBe(0);
  });

  test('finds a list by number, by id, or by both, if they are of the same list', async () => {
    const [firstId = 0, secondId = 0] = account.listIds;
    const answer = await post([
      send('by-number', 1),
      send('by-id', 1, { list_number: undefined, list_id: secondId }),
      send('by-both', 1, { list_id: firstId }),
      send('of-two', 1, { list_id: secondId }),
      send('unknown-id', 1, { list_number: null, list_id: 999_999_999 }),
      send('unknown-number', 1, { list_number: '+15559999999' }),
    ]);
    expect(answer.json).toMatchObject({ success_count: 3, error_count: 3 });
    expect(answer.json).toHaveProperty(
      'errors',
      ['of-two', 'unknown-id', 'unknown-number'].map((id, position) => ({
        index: 3 + position,
        id,
        code: 'list_not_found',
        error: 'No list exists with the given list_number and list_id.',
      })),
    );
    expect((await messages()).map(({ id, list }) => [id, list])).toEqual([
      ['by-both', first],
      ['by-id', second],
      ['by-number', first],
    ]);
  });

  test('skips what is there already, and says so if it differs', async () => {
    await post([send('a', 1, { send_type: 'campaign', delivered: true, length: 3 })]);
    const before = await messages();
    const answer = await post([
      send('a', 1, { send_type: 'campaign', delivered: true, length: 3 }),
      send('a', 1),
      send('a', 2),
      send('a', 1, { list_number: second }),
      send('a', 1, { timestamp: '2025-01-01T00:00:00.000001Z' }),
      send('a', 1, { send_type: 'single' }),
      send('a', 1, { delivered: false }),
      send('a', 1, { length: 4 }),
      send('a', 9, { list_number: '+15559999999' }),
      send('b', 3),
    ]);
    expect(answer.json).toMatchObject({ success_count: 1, error_count: 1, duplicates_skipped: 8 });
    expect(answer.headers.get('import-notices')).toBe('duplicate_differs=6');
    const listed = await errorsOf(answer);
    expect(listed).toMatchObject({
      errors: [
        ...[2, 3, 4, 5, 6, 7].map((index) => ({
          index,
          id: 'a',
          code: 'duplicate_differs',
          warning: true,
          record: null,
        })),
        { index: 8, id: 'a', code: 'list_not_found' },
      ],
    });
    expect((await messages()).filter(({ id }) => id === 'a')).toEqual(before);
    expect((await readRecipients(stack().database.sql, account)).map(({ to }) => to)).toEqual([person(1), person(3)]);
    expect(await drift()).toBe(0);
  });

  test('of records with the same id in one request, the first that is right counts, in chunks of any size', async () => {
    const others = Array.from({ length: 7 }, (_, index) => send(`other-${index}`, 1));
    const answer = await post([
      send('same', 1, { list_number: '+15559999999' }),
      ...others.slice(0, 3),
      send('same', 2),
      ...others.slice(3),
      send('same', 3),
      send('same', 2),
      send('same', 1, { to_number: 'nobody' }),
    ]);
    expect(answer.json).toMatchObject({ success_count: 8, error_count: 2, invalid_phones: 1, duplicates_skipped: 2 });
    expect(await errorsOf(answer)).toMatchObject({
      errors: [
        { index: 0, code: 'list_not_found' },
        { index: 9, code: 'duplicate_differs', warning: true },
        { index: 11, id: 'same', code: 'invalid_phone' },
      ],
    });
    expect((await messages()).find(({ id }) => id === 'same')).toMatchObject({ to: person(2), record_index: 4 });
    expect(await drift()).toBe(0);
  });

  test('does not skip a message of another account', async () => {
    await post([send('a', 1)]);
    const other = await addSender(stack().database.sql);
    const answer = await postSends(stack().url, other, [send('a', 1)]);
    expect(answer.json).toMatchObject({ success_count: 1, duplicates_skipped: 0 });
    expect(await readRecipients(stack().database.sql, other)).toHaveLength(1);
  });

  test('skips live messages, and leaves them as they are', async () => {
    const { sql } = stack().database;
    await post([send('imported', 1)]);
    const { rows } = await sql.query<{ id: string }>('SELECT id::text FROM list_contacts WHERE account_id = $1', [
      account.id,
    ]);
    await addMessages(sql, account, [{ id: 'a1b2c3d4', listContactId: rows[0]?.id ?? '' }]);
    const answer = await post([send('a1b2c3d4', 1), send('a1b2c3d4', 2)]);
    expect(answer.json).toMatchObject({ success_count: 0, duplicates_skipped: 2 });
    expect(answer.headers.get('import-notices')).toBe('duplicate_differs=1');
    expect((await messages())[0]).toMatchObject({ id: 'a1b2c3d4', imported: false, import_id: null });
    expect(await drift()).toBe(0);
  });

  test('the same messages in many requests at once are saved once', async () => {
    const records = Array.from({ length: 20 }, (_, index) => send(`m${index}`, index % 5));
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(records)));
    const results = answers.map(({ json }) => json);
    const sum = (name: string) =>
      results.reduce<number>((total, each) => total + Number(Reflect.get(Object(each), name)), 0);
    expect(sum('success_count')).toBe(20);
    expect(sum('duplicates_skipped')).toBe(100);
    expect(sum('error_count')).toBe(0);
    expect(await messages()).toHaveLength(20);
    expect(await drift()).toBe(0);
  });

  test('a dry run and an atomic import with an error save nothing, not even contacts', async () => {
    const dry = await post([send('a', 1), send('a', 2), send('b', 3)], '?dry_run=true');
    expect(dry.json).toMatchObject({ success_count: 2, duplicates_skipped: 1 });
    expect(dry.headers.get('import-notices')).toBe('duplicate_differs=1');
    const atomic = await post([send('a', 1), send('b', 3, { list_number: '+15559999999' })], '?atomic=true');
    expect(atomic.json).toMatchObject({ success_count: 0, error_count: 1 });
    expect(await messages()).toEqual([]);
    expect(await readRecipients(stack().database.sql, account)).toEqual([]);
    expect((await post([send('a', 1), send('b', 3)], '?atomic=true')).json).toMatchObject({ success_count: 2 });
    expect(await drift()).toBe(0);
  });
});
