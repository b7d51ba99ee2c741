import { beforeEach, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import type { TestAccount } from '../support/catalog.ts';
import { get, importIdOf, postRecords, undoImport, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { postContacts } from '../contacts/contacts.ts';
import { addSender, LISTS, person, postSends, readMessages, readNumbers, readRecipients, send } from './support.ts';

const [first = '', second = ''] = LISTS;

describeOnEachQueue('undoing an import of sends', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2 });
  let account: TestAccount;

  beforeEach(async () => {
    account = await addSender(stack().database.sql);
  });

  const post = (records: unknown[]) => postSends(stack().url, account, records);
  const postRevenue = (...ids: string[]) =>
    postRecords(
      stack().url,
      account.apiKey,
      ids.map((id) => ({ message_id: id, offer_id: 'o0', revenue: 1, timestamp: '2025-02-01' })),
    );
  const undo = (answer: Answer) => undoImport(stack().url, importIdOf(answer), account.apiKey);
  const ids = async () => (await readMessages(stack().database.sql, account)).map(({ id }) => id);
  const drift = () => readDrift(stack().database, account);

  test('removes its messages, and the contacts that it has made', async () => {
    const imported = await post([send('a', 1), send('b', 1), send('c', 2, { list_number: second }), send('d', 1)]);
    const undone = await undo(imported);
    expect(undone).toMatchObject({
      status: 200,
      json: { status: 'undone', undo: { removed_count: 4, contacts_kept: 0, list_contacts_kept: 0 } },
    });
    expect(await ids()).toEqual([]);
    expect(await readNumbers(stack().database.sql, account)).toEqual([]);
    expect(await readRecipients(stack().database.sql, account)).toEqual([]);
  });

  test('keeps what others have to do with, and counts it', async () => {
    const imported = await post([
      send('a', 1, { timestamp: '2025-05-01' }),
      send('b', 2),
      send('c', 3),
      send('d', 4, { list_number: second }),
    ]);
    await post([send('e', 1, { timestamp: '2025-03-01' }), send('f', 1, { timestamp: '2025-02-01' })]);
    await post([send('g', 4)]);
    expect(await undo(imported)).toMatchObject({
      status: 200,
      json: { undo: { removed_count: 4, contacts_kept: 2, list_contacts_kept: 1 } },
    });
    expect(await ids()).toEqual(['e', 'f', 'g']);
    expect(await readNumbers(stack().database.sql, account)).toEqual([person(1), person(4)]);
    expect(await readRecipients(stack().database.sql, account)).toMatchObject([
      { list: first, to: person(1), send_count: 2, last_sent_at: '2025-03-01T00:00:00Z' },
      { list: first, to: person(4), send_count: 1 },
    ]);
    expect(await drift()).toBe(0);
  });

  test('does not remove the contacts of an earlier import', async () => {
    await post([send('a', 1)]);
    const imported = await post([send('b', 1), send('c', 2)]);
    expect(await undo(imported)).toMatchObject({ json: { undo: { contacts_kept: 0, list_contacts_kept: 0 } } });
    expect(await readRecipients(stack().database.sql, account)).toMatchObject([{ to: person(1), send_count: 1 }]);
    expect(await drift()).toBe(0);
  });

  test('is refused while revenue refers to one of its messages, and possible afterwards', async () => {
    const imported = await post([send('a', 1), send('b', 2)]);
    const revenue = await postRevenue('a', 'a', 'b');
    const refused = await undo(imported);
    expect(refused).toMatchObject({ status: 409, json: { code: 'import_in_use', in_use: { revenue: 3 } } });
    expect(await ids()).toEqual(['a', 'b']);
    const url = `${stack().url}/api/v2/history/imports/${importIdOf(imported)}`;
    expect((await get(url, account.apiKey)).json).toMatchObject({
      status: 'completed',
      refused_undo: { in_use: { revenue: 3 } },
    });

    await undo(revenue);
    expect(await undo(imported)).toMatchObject({ status: 200, json: { undo: { removed_count: 2 } } });
    expect(await ids()).toEqual([]);
    expect(await readNumbers(stack().database.sql, account)).toEqual([]);
  });

  test('is possible while revenue refers to other messages of the same contacts', async () => {
    await post([send('a', 1)]);
    const imported = await post([send('b', 1), send('c', 2)]);
    await postRevenue('a');
    expect(await undo(imported)).toMatchObject({ status: 200, json: { undo: { removed_count: 2 } } });
    expect(await readRecipients(stack().database.sql, account)).toMatchObject([
      { to: person(1), send_count: 1, conversion_count: 1 },
    ]);
    expect(await drift()).toBe(0);
  });

  test('removes a contact with what an import of contacts has changed, once that is undone', async () => {
    const imported = await post([send('a', 1)]);
    const changed = await postContacts(stack().url, account.apiKey, [
      { phone_number: person(1), custom_fields: { city: 'Ulm' } },
    ]);
    await undo(changed);
    expect(await undo(imported)).toMatchObject({ json: { undo: { contacts_kept: 0, list_contacts_kept: 0 } } });
    expect(await readRecipients(stack().database.sql, account)).toEqual([]);
    expect(await drift()).toBe(0);
  });

  test.for([['first', 'last'], ['last', 'first'], ['both at once']])(
    'of a file in several requests leaves no contact behind, in whichever order they are undone: %s',
    async (order) => {
      const imported = { first: await post([send('a', 1), send('b', 2)]), last: await post([send('c', 1)]) };
      if (order.length === 1) await Promise.all(Object.values(imported).map(undo));
      for (const which of order) if (which === 'first' || which === 'last') await undo(imported[which]);
      expect(await ids()).toEqual([]);
      expect(await readRecipients(stack().database.sql, account)).toEqual([]);
      expect(await readNumbers(stack().database.sql, account)).toEqual([]);
      expect(await drift()).toBe(0);
    },
  );

  test('removes a contact that an import undone before has made, when it leaves its last list', async () => {
    const earlier = await post([send('a', 1)]);
    const imported = await post([send('b', 1, { list_number: second })]);
    expect(await undo(earlier)).toMatchObject({ json: { undo: { contacts_kept: 1, list_contacts_kept: 0 } } });
    await undo(imported);
    expect(await readNumbers(stack().database.sql, account)).toEqual([]);
    expect(await drift()).toBe(0);
  });

  test('many at once, with imports of the same contacts', async () => {
    const imports = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((batch) =>
        post([0, 1, 2, 3, 4].map((to) => send(`${batch}-${to}`, to, { timestamp: `2025-0${batch + 1}-01` }))),
      ),
    );
    const undone = imports.slice(0, 4);
    await Promise.all([...undone.map(undo), post([0, 1, 2].map((to) => send(`late-${to}`, to)))]);
    expect(await ids()).toHaveLength(13);
    expect(await drift()).toBe(0);
    await Promise.all(imports.slice(4).map(undo));
    expect(await ids()).toEqual(['late-0', 'late-1', 'late-2']);
    expect(await drift()).toBe(0);
  });
});
