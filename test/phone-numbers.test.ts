import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '@trackly/contract';
import { migrate } from '@trackly/db';
import { expect, test } from 'vitest';

import { addSmallCatalog } from './support/catalog.ts';
import { createDatabaseBefore } from './support/database-before.ts';
import { createDatabase } from './support/database.ts';

test('the database has the rules of the contract for numbers', async () => {
  await using database = await createDatabase();
  const { rows } = await database.sql.query<{ name: string; rule: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname LIKE '%\\_number\\_check'
     UNION ALL
     SELECT tgname, substring(pg_get_triggerdef(oid) FROM 'WHEN (.*) EXECUTE')
     FROM pg_trigger WHERE tgname LIKE '%\\_number\\_check'`,
  );
  const rules = Object.fromEntries(rows.map(({ name, rule }) => [name, rule]));
  expect(rules).toEqual({
    contacts_phone_number_check: `CHECK ((phone_number ~ '${PHONE_NUMBER_PATTERN}'::text)) NOT VALID`,
    sending_lists_list_number_check: `((NOT (new.list_number ~ '${LIST_NUMBER_PATTERN}'::text)))`,
  });
});

test('an upgrade keeps numbers in another form with all that belongs to them, and takes no more of them', async () => {
  await using old = await createDatabaseBefore('20261127210000_phone_numbers');
  const { id } = await addSmallCatalog(old.sql);
  await old.sql.query(`UPDATE contacts SET phone_number = id || 'E+10'`);
  await old.sql.query(`UPDATE sending_lists SET list_number = '1'`);
  await migrate(old.url);

  await old.sql.query('UPDATE list_contacts SET revenue_total = 5, conversion_count = 1');
  const { rows } = await old.sql.query(
    `SELECT count(*)::integer AS contacts, sum(revenue_total)::integer AS revenue
     FROM contacts JOIN list_contacts ON list_contacts.contact_id = contacts.id
     WHERE phone_number !~ $1`,
    [PHONE_NUMBER_PATTERN],
  );
  expect(rows).toEqual([{ contacts: 3, revenue: 15 }]);
  await expect(
    old.sql.query(`INSERT INTO contacts (account_id, phone_number) VALUES ($1, '1.5551E+10')`, [id]),
  ).rejects.toThrow('contacts_phone_number_check');
  await expect(
    old.sql.query(`INSERT INTO sending_lists (account_id, list_number) VALUES ($1, '2')`, [id]),
  ).rejects.toThrow('sending_lists_list_number_check');
});
