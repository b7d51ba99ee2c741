import type { Database } from '@trackly/db';
import { countDrift } from '@trackly/db';

import { contactKey, type Expectation } from './expectation.ts';

type Amount = number | { toString(): string };

/** Compares what the database holds for the account with what the files say; returns the differences, for people. */
export async function findDifferences(db: Database, accountId: bigint, expected: Expectation): Promise<string[]> {
  const differences: string[] = [];
  const expect = (what: string, actual: Amount, wanted: Amount) => {
    if (String(actual) !== String(wanted))
      differences.push(`${what}: ${String(actual)} in the database, ${String(wanted)} in the file`);
  };

  expect('revenue rows', await db.revenueRecord.count({ where: { accountId } }), expected.saved);
  expect('contacts whose stats differ from their rows', await countDrift(db, String(accountId)), 0);

  const contacts = await db.listContact.findMany({
    where: { accountId, conversionCount: { gt: 0 } },
    include: { contact: true, sendingList: true },
  });
  expect('contacts with revenue', contacts.length, expected.contacts.size);
  for (const { contact, sendingList, revenueTotal, conversionCount } of contacts) {
    const key = contactKey(sendingList.listNumber, contact.phoneNumber);
    const total = expected.contacts.get(key);
    expect(`records of ${key}`, conversionCount, total?.count ?? 0);
    expect(`revenue of ${key}`, revenueTotal, total?.revenue ?? 0);
  }
  return differences;
}
