import type { Database } from '@trackly/db';
import { countDrift } from '@trackly/db';

import type { Expectation } from './expectation.ts';

const PAGE_SIZE = 10_000;

type Value = number | string | undefined | { toString(): string };

/** Compares the account's rows and stats in the database with the files. Returns the differences as text. */
export async function findDifferences(db: Database, accountId: bigint, expected: Expectation): Promise<string[]> {
  const differences: string[] = [];
  const expect = (what: string, actual: Value, wanted: Value) => {
    if (String(actual) !== String(wanted))
      differences.push(`${what}: ${String(actual)} in the database, ${String(wanted)} in the files`);
  };

  const where = { accountId };
  const offers = await db.offer.findMany({ where, select: { publicId: true } });
  expect('offers', listed(offers.map(({ publicId }) => publicId)), listed(expected.offers));
  expect('messages', await db.message.count({ where }), expected.messages);
  expect('revenue rows', await db.revenueRecord.count({ where }), expected.revenueRows);
  expect('differences between stats and rows', await countDrift(db, String(accountId)), 0);

  let contacts = 0;
  for await (const { contact, sendCount, lastSentAt, conversionCount, revenueTotal } of listContacts(db, accountId)) {
    const phone = contact.phoneNumber ?? '';
    const stats = expected.contacts.get(phone);
    expect(`sends to ${phone}`, sendCount, stats?.sends);
    expect(`time of the last send to ${phone}`, lastSentAt?.getTime(), stats?.lastSentAt);
    expect(`conversions of ${phone}`, conversionCount, stats?.conversions);
    expect(`revenue of ${phone}`, revenueTotal, stats?.revenue);
    contacts += 1;
  }
  expect('contacts', contacts, expected.contacts.size);
  return differences;
}

function listed(ids: Iterable<string>): string {
  return Array.from(ids).toSorted().join(' ');
}

/** Reads in pages: Prisma's `include` sends one parameter per contact, and the number of parameters is limited. */
async function* listContacts(db: Database, accountId: bigint) {
  for (let lastId = 0n; ;) {
    const page = await db.listContact.findMany({
      where: { accountId, id: { gt: lastId } },
      include: { contact: true },
      orderBy: { id: 'asc' },
      take: PAGE_SIZE,
    });
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    lastId = last.id;
  }
}
