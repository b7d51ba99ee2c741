import { beforeEach, describe, expect, test } from 'vitest';

import { addAccount, addMessages, addOffers, type TestAccount } from '../support/catalog.ts';
import { importIdOf, postRecords, undoImport, type Answer } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { postSends, send as sendRecord } from '../sends/support.ts';
import { addLists, OTHER_LIST, phone, postContacts, readListContacts } from './contacts.ts';

const stack = useStack();
let account: TestAccount;

beforeEach(async () => {
  account = await addAccount(stack().database.sql);
  await addLists(stack().database.sql, account);
});

const send = (contacts: object[]) => postContacts(stack().url, account.apiKey, contacts);
const undo = (answer: Answer) => undoImport(stack().url, importIdOf(answer), account.apiKey);
const stored = () => readListContacts(stack().database.sql, account);

async function count(table: string): Promise<number> {
  const { rows } = await stack().database.sql.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM ${table} WHERE account_id = $1`,
    [account.id],
  );
  return rows[0]?.count ?? 0;
}

async function listContactId(number: string): Promise<string> {
  const { rows } = await stack().database.sql.query<{ id: string }>(
    `SELECT member.id::text FROM list_contacts AS member
     JOIN contacts ON contacts.account_id = member.account_id AND contacts.id = member.contact_id
     WHERE member.account_id = $1 AND contacts.phone_number = $2`,
    [account.id, number],
  );
  return rows[0]?.id ?? '';
}

async function usage(): Promise<unknown> {
  const { rows } = await stack().database.sql.query(
    `SELECT kept_bytes, stored_bytes - (
       SELECT sum(stored_bytes) FROM (
         SELECT stored_bytes FROM imports WHERE account_id = $1
         UNION ALL SELECT stored_bytes FROM import_chunks WHERE account_id = $1
         UNION ALL SELECT 260 FROM undo_chunks WHERE account_id = $1
       ) AS ledger
     ) AS row_bytes
     FROM account_usage WHERE account_id = $1`,
    [account.id],
  );
  return rows[0];
}

describe('undoing an import of contacts', () => {
  test('removes what it has made, with the custom fields', async () => {
    const made = await send([
      { phone_number: phone(0), custom_fields: { a: 1 } },
      { phone_number: phone(0), list_number: OTHER_LIST },
      { phone_number: phone(1), url: 'https://example.com' },
    ]);
    expect(await undo(made)).toMatchObject({
      status: 200,
      json: { status: 'undone', undo: { removed_count: 3, contacts_removed: 2, list_contacts_kept: 0 } },
    });
    expect(await stored()).toEqual([]);
    expect([await count('contacts'), await count('list_contact_details')]).toEqual([0, 0]);
    expect(await usage()).toMatchObject({ row_bytes: '0' });
  });

  test('keeps what it has only changed, and counts that', async () => {
    const first = await send([{ phone_number: phone(0), custom_fields: { a: 1 } }]);
    const second = await send([
      { phone_number: phone(0), custom_fields: { b: 2 } },
      { phone_number: phone(0), list_number: OTHER_LIST },
    ]);
    expect((await undo(second)).json).toMatchObject({
      undo: { removed_count: 1, contacts_removed: 0, list_contacts_kept: 1 },
    });
    expect(await stored()).toMatchObject([{ custom_fields: { a: 1, b: 2 }, import_id: importIdOf(first) }]);
    // Nobody needs the change any more.
    expect(await undo(first)).toMatchObject({ status: 200, json: { status: 'undone' } });
    expect(await stored()).toEqual([]);
    expect(await usage()).toMatchObject({ row_bytes: '0' });
  });

  test('counts nothing as kept after a dry run, which has changed nothing', async () => {
    await send([{ phone_number: phone(0) }]);
    const changed = [{ phone_number: phone(0), custom_fields: { a: 1 } }];
    const dryRun = await postContacts(stack().url, account.apiKey, changed, {}, '?dry_run=true');
    expect((await undo(dryRun)).json).toMatchObject({
      undo: { removed_count: 0, contacts_removed: 0, list_contacts_kept: 0 },
    });
  });

  test('is refused while another import has changed a contact, or put it on another list', async () => {
    const first = await send([{ phone_number: phone(0) }]);
    const second = await send([
      { phone_number: phone(0), custom_fields: { b: 2 } },
      { phone_number: phone(0), list_number: OTHER_LIST },
    ]);
    const before = await stored();
    expect(await undo(first)).toMatchObject({
      status: 409,
      json: { code: 'import_in_use', in_use: { list_contacts: 1, changed_contacts: 1 } },
    });
    expect(await stored()).toEqual(before);
    await undo(second);
    expect(await undo(first)).toMatchObject({ status: 200, json: { status: 'undone' } });
  });

  test('is refused while one of several imports is not undone that have changed a contact', async () => {
    const first = await send([{ phone_number: phone(0), custom_fields: { a: 1 } }]);
    const [, last] = [
      await send([{ phone_number: phone(0), custom_fields: { b: 2 } }]),
      await send([{ phone_number: phone(0), custom_fields: { c: 3 } }]),
    ];
    expect(await undo(last)).toMatchObject({ status: 200 });
    expect(await undo(first)).toMatchObject({ status: 409, json: { in_use: { changed_contacts: 1 } } });
    expect(await stored()).toMatchObject([{ custom_fields: { a: 1, b: 2, c: 3 } }]);
  });

  test('removes what an undone import of sends has left on another list', async () => {
    const first = await send([{ phone_number: phone(0) }]);
    const sends = await postSends(stack().url, account, [
      sendRecord('a', 0, { list_number: OTHER_LIST, to_number: phone(0) }),
    ]);
    const change = await send([{ phone_number: phone(0), list_number: OTHER_LIST, custom_fields: { a: 1 } }]);
    expect(await undo(sends)).toMatchObject({ status: 200, json: { undo: { list_contacts_kept: 1 } } });
    expect(await undo(first)).toMatchObject({ status: 409, json: { in_use: { list_contacts: 1 } } });
    expect(await undo(change)).toMatchObject({ status: 200, json: { undo: { list_contacts_kept: 1 } } });
    expect(await undo(first)).toMatchObject({ status: 200, json: { undo: { removed_count: 2, contacts_removed: 1 } } });
    expect(await stored()).toEqual([]);
    expect(await usage()).toMatchObject({ row_bytes: '0' });
  });

  test('is refused while messages and revenue refer to a contact', async () => {
    const made = await send([{ phone_number: phone(0) }, { phone_number: phone(1) }]);
    await addMessages(stack().database.sql, account, [{ id: 'm', listContactId: await listContactId(phone(0)) }]);
    await addOffers(stack().database.sql, account, [{ id: 'o' }]);
    expect(await undo(made)).toMatchObject({ status: 409, json: { in_use: { messages: 1 } } });
    const revenue = await postRecords(stack().url, account.apiKey, [{ message_id: 'm', offer_id: 'o', revenue: 1 }]);
    expect(await undo(made)).toMatchObject({ status: 409, json: { in_use: { messages: 1, revenue: 1 } } });
    await undo(revenue);
    await stack().database.sql.query(
      `WITH gone AS (DELETE FROM messages WHERE account_id = $1)
       UPDATE list_contacts SET send_count = 0, last_sent_at = NULL WHERE account_id = $1`,
      [account.id],
    );
    expect(await undo(made)).toMatchObject({ status: 200, json: { undo: { removed_count: 2, contacts_removed: 2 } } });
  });

  test('a contact that comes again meanwhile is either kept or made anew', async () => {
    for (let round = 0; round < 10; round += 1) {
      const made = await send([{ phone_number: phone(0), custom_fields: { a: 1 } }]);
      const [undone, again] = await Promise.all([
        undo(made),
        send([{ phone_number: phone(0), custom_fields: { b: 2 } }]),
      ]);
      expect(again.json).toMatchObject({ success_count: 1 });
      const [contact, ...others] = await stored();
      expect(others).toEqual([]);
      expect(contact?.custom_fields).toEqual(undone.status === 200 ? { b: 2 } : { a: 1, b: 2 });
      expect((await undo(again)).status).toBe(200);
      // Nobody needs the change any more; or it was undone before.
      expect((await undo(made)).status).toBe(200);
      expect(await stored()).toEqual([]);
    }
  });
});
