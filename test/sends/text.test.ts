import { expect, test } from 'vitest';

import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { addSender, postSends, send } from './support.ts';

describeOnEachQueue('importing sends with texts', (createQueue) => {
  const stack = useStack({ createQueue });

  test('the text of a message is stored nowhere', async () => {
    const secret = 'the quick brown fox';
    const account = await addSender(stack().database.sql);
    await postSends(stack().url, account, [
      send('saved', 1, { message: secret }),
      send('saved', 2, { message: secret }),
      send('rejected', 1, { message: secret, to_number: '5' }),
      send('unknown', 1, { message: secret, list_number: '+15559999999' }),
    ]);
    const { sql } = stack().database;
    const { rows: tables } = await sql.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const { rows } = await sql.query(`SELECT FROM ${name} AS row WHERE row::text LIKE '%quick brown%'`);
      expect({ name, rows }).toEqual({ name, rows: [] });
    }
  });
});
