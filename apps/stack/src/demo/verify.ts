import type { Database } from '@trackly/db';
import { countDrift } from '@trackly/db';

import { contactKey, type Expectation } from './expectation.ts';

const PAGE_SIZE = 10_000;

type Amount = number | { toString(): string };

/** Compares the account's rows and stats in the database with the files. Returns the differences as text. */
export async function findDifferences(db: Database, accountId: bigint, expected: Expectation): Promise<string[]> {
  const differences: string[] = [];
  const expect = (what: string, actual: Amount, wanted: Amount) => {
    if (String(actual) !== String(wanted))
      differences.push(`${what}: ${String(actual)} in the database, ${String(wanted)} in the file`);
  };

  expect('revenue rows', await db.revenueRecord.count({ where: { accountId } }), expected.saved);
  expect('contacts whose stats differ from their rows', await countDrift(db, String(accountId)), 0);

  let contacts = 0;
  for await (const { contact, sendingList, revenueTotal, conversionCount } of contactsWithRevenue(db, accountId)) {
    const key = contactKey(sendingList.listNumber, contact.phoneNumber ?? '');
    const total = expected.contacts.get(key);
    expect(`records of ${key}`, conversionCount, total?.count ?? 0);
    expect(`revenue of ${key}`, revenueTotal, total?.revenue ?? 0);
    contacts += 1;
  }
  expect('contacts with revenue', contacts, expected.contacts.size);
  return differences;
}

/** Reads in pages: Prisma's `include` sends one parameter per contact, and the number of parameters is limited. */
async function* contactsWithRevenue(db: Database, accountId: bigint) {
  for (let lastId = 0n; ;) {
    const page = await db.listContact.findMany({
      where: { accountId, conversionCount: { gt: 0 }, id: { gt: lastId } },
      include: { contact: true, sendingList: true },
      orderBy: { id: 'asc' },
      take: PAGE_SIZE,
    });
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    lastId = last.id;
  }
}
