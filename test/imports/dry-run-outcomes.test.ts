import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fewRecords, requests } from '../model/arbitraries.ts';
import { readAccountState } from '../support/account-state.ts';
import { addAccount, addContacts, addMessages, addOffers, GONE_CONTACT, type TestAccount } from '../support/catalog.ts';
import { withFewShrinks } from '../support/few-shrinks.ts';
import { post, REVENUE_PATH } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack, type RunningStack } from '../support/suite.ts';
import { failOnAmount } from '../support/unsavable.ts';

const RUNS = 40;
const UNSAVABLE = 6.66;
const MESSAGES = ['m0', 'm1', 'm2', 'm3', 'm4'];

/** Records of the model's, some that the database refuses, some that it knows; or many of the model's. */
const someRequests = fc.oneof(
  {
    arbitrary: fc
      .tuple(fewRecords, fc.array(fc.constantFrom(UNSAVABLE, 1, 2.5), { maxLength: 4 }))
      .map(([records, amounts]) => [
        ...records,
        ...amounts.map((revenue) => ({ message_id: 'm0', offer_id: 'a', revenue })),
      ]),
    weight: 4,
  },
  { arbitrary: requests, weight: 1 },
);

async function addCatalog({ database: { sql } }: RunningStack): Promise<TestAccount> {
  const account = await addAccount(sql);
  const contacts = await addContacts(sql, account, 3);
  const messages = MESSAGES.map((id, index) => ({ id, listContactId: contacts[index] ?? GONE_CONTACT }));
  await addMessages(sql, account, messages);
  await addOffers(sql, account, [{ id: 'a', externalId: 'b' }, { id: 'c' }]);
  return account;
}

describeOnEachQueue('what a dry run says is what the import does', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 7 });

  test.for(['', 'atomic=true'])('for random requests, with ?%s', async (mode) => {
    const { url, database } = stack();
    const account = await addCatalog(stack());
    await database.sql.query('DROP FUNCTION IF EXISTS refuse CASCADE');
    await failOnAmount(database.sql, String(UNSAVABLE), '22003');
    const send = (records: unknown[], parameters: string) =>
      post(url, JSON.stringify({ records }), { path: `${REVENUE_PATH}?${parameters}`, apiKey: account.apiKey });

    const property = fc.asyncProperty(
      someRequests,
      withFewShrinks(async (records) => {
        const before = await readAccountState(database.sql, account);
        const dryRun = await send(records, `dry_run=true&${mode}`);
        expect(dryRun.status).toBe(200);
        expect(await readAccountState(database.sql, account)).toEqual(before);
        const imported = await send(records, mode);
        expect(imported.text).toBe(dryRun.text);
        const { rows } = await readAccountState(database.sql, account);
        expect(imported.json).toMatchObject({ success_count: rows - before.rows });
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});
