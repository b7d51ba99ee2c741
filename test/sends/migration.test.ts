import { migrate } from '@trackly/db';
import { expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import { addAccount, addContacts, GONE_CONTACT } from '../support/catalog.ts';
import { createDatabaseBefore } from '../support/database-before.ts';

test('the messages that are there are counted, and are not imported ones', async () => {
  await using database = await createDatabaseBefore('20261128130000_sends');
  const account = await addAccount(database.sql);
  const other = await addAccount(database.sql);
  const [first, second, third] = await addContacts(database.sql, account, 3);
  const [foreign] = await addContacts(database.sql, other, 1);
  await database.sql.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
     VALUES
       ($1, 'a', $2, '2025-01-01Z'), ($1, 'b', $2, '2025-03-01Z'), ($1, 'c', $2, '2025-02-01Z'),
       ($1, 'd', $3, '2025-01-01Z'), ($1, 'orphan', ${GONE_CONTACT}, '2025-01-01Z'), ($4, 'a', $5, '2025-04-01Z')`,
    [account.id, first, second, other.id, foreign],
  );
  await migrate(database.url);

  const { rows } = await database.sql.query(
    `SELECT id::text, send_count, to_char(last_sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS last FROM list_contacts ORDER BY id`,
  );
  expect(rows).toEqual([
    { id: first, send_count: 3, last: '2025-03-01' },
    { id: second, send_count: 1, last: '2025-01-01' },
    { id: third, send_count: 0, last: null },
    { id: foreign, send_count: 1, last: '2025-04-01' },
  ]);
  const { rows: messages } = await database.sql.query(
    'SELECT DISTINCT imported, import_id, record_index FROM messages',
  );
  expect(messages).toEqual([{ imported: false, import_id: null, record_index: null }]);
  expect(await readDrift(database, account)).toBe(0);
});
