import { isDeepStrictEqual } from 'node:util';

import type pg from 'pg';

import { toNumeric } from './amount.ts';
import type { Account } from './catalog.ts';
import { readStoredContacts, type StoredContact } from './ledger.ts';
import type { LabRequest } from './requests/request.ts';

/** What a contact on a list must have. */
interface Expected {
  /** Ten-thousandths. */
  revenue: number;
  conversions: number;
  sends: number;
  fields: Set<string>;
  /** Fields of imports that were undone: what they have changed stays, unless the contact has gone. */
  possibleFields: Set<string>;
  /** Only imports that were undone have brought it. */
  mayBeGone: boolean;
}

/**
 * Compares the contacts of an account with what its requests must have made of them: who is on which list, their stats and
 * their fields.
 *
 * @returns what does not agree
 */
export async function checkContacts(
  sql: pg.Pool,
  account: Account,
  accepted: readonly LabRequest[],
  undone: readonly LabRequest[],
): Promise<string[]> {
  const expected = expectedContacts(account, accepted, undone);
  const stored = await readStoredContacts(sql, account.id);
  const violations = stored.flatMap((actual) => checkContact(actual, expected.get(actual.contact)));
  const present = new Set(stored.map(({ contact }) => contact));
  for (const [contact, { mayBeGone }] of expected) {
    if (!mayBeGone && !present.has(contact)) violations.push(`contact ${contact} is not there`);
  }
  return violations;
}

function checkContact({ contact, fields, ...actual }: StoredContact, expected: Expected | undefined): string[] {
  if (!expected) return [`contact ${contact} is there, and nobody has brought it`];
  const { revenue, conversions, sends } = expected;
  const stats = { revenue: toNumeric(revenue), conversions, sends };
  const lost = [...expected.fields].filter((field) => !fields.includes(field));
  const others = fields.filter((field) => !expected.fields.has(field) && !expected.possibleFields.has(field));
  return [
    ...(isDeepStrictEqual(actual, stats) ? [] : [`has ${JSON.stringify(actual)}, not ${JSON.stringify(stats)}`]),
    ...(lost.length === 0 ? [] : [`has lost the fields ${lost.join()}`]),
    ...(others.length === 0 ? [] : [`has the fields ${others.join()} from nowhere`]),
  ].map((violation) => `contact ${contact} ${violation}`);
}

function expectedContacts(
  account: Account,
  accepted: readonly LabRequest[],
  undone: readonly LabRequest[],
): Map<string, Expected> {
  const contacts = new Map<string, Expected>();
  const get = (contact: string): Expected => {
    const there = contacts.get(contact) ?? {
      revenue: 0,
      conversions: 0,
      sends: 0,
      fields: new Set(),
      possibleFields: new Set(),
      mayBeGone: true,
    };
    contacts.set(contact, there);
    return there;
  };

  for (const { contact } of account.messages) {
    const expected = get(contact);
    expected.sends += 1;
    expected.mayBeGone = false;
  }
  for (const { kind, saved } of accepted) {
    for (const { contact, revenue = 0, field } of saved) {
      if (contact === undefined) continue;
      const expected = get(contact);
      expected.mayBeGone = false;
      if (kind === 'sends') expected.sends += 1;
      if (kind === 'revenue') {
        expected.revenue += revenue;
        expected.conversions += 1;
      }
      if (field !== undefined) expected.fields.add(field);
    }
  }
  for (const { contact, field } of undone.flatMap(({ saved }) => saved)) {
    if (contact !== undefined && field !== undefined) get(contact).possibleFields.add(field);
    else if (contact !== undefined) get(contact);
  }
  return contacts;
}
