import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '@trackly/contract';
import { ContradictionError, loadCatalog, migrate, type OfferRow } from '@trackly/db';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addAccount, addSmallCatalog, type TestAccount } from './support/catalog.ts';
import { createDatabaseBefore } from './support/database-before.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { withFewShrinks } from './support/few-shrinks.ts';
import { trackly } from './support/trackly.ts';

const MESSAGES = 'message_id,list_number,phone_number,sent_at';
const OFFERS = 'offer_id,name,external_id';

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;
let folder = '';

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-catalog-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
});
afterAll(() => cleanup.disposeAsync());

interface NamedAccount extends TestAccount {
  name: string;
}

async function addNamedAccount(): Promise<NamedAccount> {
  const name = randomUUID();
  return { ...(await addAccount(database.sql, name)), name };
}

/** Loads files of these lines. The files are named after what they hold. */
async function load(account: NamedAccount, files: { messages?: string[]; offers?: string[] }) {
  const args: string[] = [];
  for (const [noun, lines] of Object.entries(files)) {
    const file = path.join(folder, `${noun}.csv`);
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    args.push(`--${noun}`, file);
  }
  const env = { DATABASE_URL: database.url, REDIS_URL: '' };
  return trackly(['catalog', 'load', '--account', account.name, ...args], { env });
}

async function readOffers(account: NamedAccount): Promise<string[]> {
  const { rows } = await database.sql.query<{ offer: string }>(
    `SELECT concat_ws(' ', public_id, name, external_id) AS offer FROM offers WHERE account_id = $1 ORDER BY 1`,
    [account.id],
  );
  return rows.map(({ offer }) => offer);
}

async function readMessages(account: NamedAccount): Promise<string[]> {
  const { rows } = await database.sql.query<{ message: string }>(
    `SELECT concat_ws(' ', messages.public_id, list_number, phone_number, sent_at AT TIME ZONE 'UTC') AS message
     FROM messages
     JOIN list_contacts ON list_contacts.account_id = $1 AND list_contacts.id = list_contact_id
     JOIN sending_lists ON sending_lists.account_id = $1 AND sending_lists.id = sending_list_id
     JOIN contacts ON contacts.account_id = $1 AND contacts.id = contact_id
     WHERE messages.account_id = $1 ORDER BY 1`,
    [account.id],
  );
  return rows.map(({ message }) => message);
}

test.each([
  ['a rounded number', 'm,20200,1.5551E+10,2025-01-01', 'line 3: phone_number 1.5551E+10 was rounded'],
  ['a contradiction', 'a,20200,+15551000002,2025-01-01', 'line 3: message_id a is also that of line 2'],
  [
    'a missing cell',
    'm,20200',
    'line 3: The row has 2 values; the first line names 4 columns. It has no phone_number, no sent_at',
  ],
])('with %s in one file, nothing of the other is saved', async (_what, wrong, reason) => {
  const account = await addNamedAccount();
  const messages = [MESSAGES, 'a,20200,+15551000001,2025-01-01', wrong];
  const { exitCode, stdout, stderr } = await load(account, { offers: [OFFERS, 'o,A,'], messages });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(`messages.csv, ${reason}`);
  expect(await readOffers(account)).toEqual([]);
});

test('what was there before with other values stays, and the command says so', async () => {
  const account = await addNamedAccount();
  const before = {
    offers: [OFFERS, 'o,A,x', 'p,B,'],
    messages: [MESSAGES, 'a,20200,+15551000001,2025-01-01', 'b,20200,+15551000002,2025-01-01'],
  };
  await load(account, before);
  const saved = [await readOffers(account), await readMessages(account)];
  expect((await load(account, before)).stderr).not.toContain('other values');

  const { exitCode, stdout, stderr } = await load(account, {
    offers: [OFFERS, 'o,A,x', 'p,B,y'],
    messages: [MESSAGES, 'a,20201,+15551000001,2025-01-01', 'b,20200,+15551000001,2025-01-01'],
  });
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: 'offers: 2 read, 0 added, 2 there already\nmessages: 2 read, 0 added, 2 there already\n',
  });
  expect(stderr).toMatch(/offers\.csv, line 3: this is there already with other values, which stay\./);
  expect(stderr).toMatch(
    /messages\.csv, line 2: this is there already with other values, which stay \(the first of 2\)\./,
  );
  expect([await readOffers(account), await readMessages(account)]).toEqual(saved);
});

test('rows without content, further headers, and cells that are not needed do no harm', async () => {
  const account = await addNamedAccount();
  const { stdout } = await load(account, {
    offers: [`${OFFERS},comment`, 'o,A', ' ,,, ', '', `${OFFERS},comment`, 'p,B,x'],
    messages: [`${MESSAGES},comment`, 'a,20200,+15551000001,2025-01-01'],
  });
  expect(stdout).toBe(
    'offers: 2 read, 2 added, 0 there already\n  lines 6 (1 header, 2 records, 2 blank, 1 repeated header)\n' +
      'messages: 1 read, 1 added, 0 there already\n',
  );
  expect(await readOffers(account)).toEqual(['o A', 'p B x']);
});

test('objects on one line are told apart', async () => {
  const account = await addNamedAccount();
  const offer = { offer_id: 'o', name: 'A', external_id: 'x' };
  expect(await load(account, { offers: [JSON.stringify([offer, offer])] })).toMatchObject({
    exitCode: 0,
    stdout: 'offers: 2 read, 1 added, 0 there already, 1 repeated\n',
  });
  const { stderr } = await load(account, { offers: [JSON.stringify([offer, { ...offer, name: 'B' }])] });
  expect(stderr).toContain('line 1: offer_id o is also that of line 1, which is not the same');
});

interface Outcome {
  /** The lines that contradict each other. */
  lines?: [earlier: number | undefined, later: number];
  /** The offers that are saved. */
  saved: string[];
  repeated?: number | undefined;
}

/** What a load of these offers must do. */
function expectedOutcome(rows: readonly OfferRow[]): Outcome {
  const distinct = new Map<string, OfferRow>();
  for (const row of rows) {
    const earlier = distinct.get(row.offerId);
    if (!earlier) distinct.set(row.offerId, row);
    else if (earlier.name !== row.name || earlier.externalId !== row.externalId) {
      return { lines: [earlier.line, row.line], saved: [] };
    }
  }
  const named = Array.from(distinct.values()).filter(({ externalId }) => externalId !== null);
  for (const first of named) {
    const second = named.find(({ externalId, line }) => externalId === first.externalId && line > first.line);
    if (second) return { lines: [first.line, second.line], saved: [] };
  }
  return { saved: Array.from(distinct.keys()).toSorted(), repeated: rows.length - distinct.size };
}

async function outcomeOf(rows: readonly OfferRow[]): Promise<Outcome> {
  const { id } = await addAccount(database.sql);
  const offers = (async function* () {
    yield* rows;
  })();
  const result = await loadCatalog(database.url, BigInt(id), { offers }).catch((error: unknown) => {
    if (error instanceof ContradictionError) return error;
    throw error;
  });
  const { rows: found } = await database.sql.query<{ id: string }>(
    'SELECT public_id AS id FROM offers WHERE account_id = $1 ORDER BY 1',
    [id],
  );
  const saved = found.map((offer) => offer.id);
  return result instanceof ContradictionError
    ? { lines: [result.earlierLine, result.line], saved }
    : { saved, repeated: result.offers?.repeated };
}

test('equal rows are one, and the first rows that contradict each other stop the load', async () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'd');
  const offer = fc.record({
    offerId: letter,
    name: fc.constantFrom('A', 'A', 'A', 'B'),
    externalId: fc.option(letter),
  });
  const seen = { saved: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(offer, { maxLength: 6 }),
      withFewShrinks(async (offers) => {
        const rows = offers.map((values, index) => ({ ...values, line: index + 2 }));
        const expected = expectedOutcome(rows);
        seen[expected.lines ? 'refused' : 'saved'] += 1;
        expect(await outcomeOf(rows)).toEqual(expected);
      }),
    ),
    { numRuns: 60 },
  );
  expect(Math.min(seen.saved, seen.refused)).toBeGreaterThan(5);
});

test('the database has the rules of the contract for numbers', async () => {
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
