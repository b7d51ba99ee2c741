import { kindSpecs, type ImportKind } from '@trackly/contract';

import type { Account } from '../catalog.ts';
import type { Random } from '../random.ts';

const MAX_LISTED_ERRORS = 100;
const DAY_MS = 86_400_000;
const NEWEST = Date.parse('2026-01-01T00:00:00Z');

/** How many records of a request cannot be saved. */
export const WRONG = 0.05;

/** Of each kind, written a second time. */
export const PATHS: Record<ImportKind, string> = {
  revenue: '/api/v2/history/revenue',
  sends: '/api/v2/history/sends',
  contacts: '/api/v2/contacts/bulk',
  offers: '/api/v2/offers/bulk',
};

/** A record that is saved, and what it leaves behind. */
export interface SavedRecord {
  index: number;
  /** The id that it gives to the message or the offer. */
  id?: string;
  /** What its row must say. Contacts have none: which record makes a row depends on what other requests have done. */
  row?: string;
  /** The contact whose stats or fields it changes: "list:number". */
  contact?: string;
  /** Ten-thousandths. */
  revenue?: number;
  /** The custom field that it sets. */
  field?: string;
}

/** A request of any kind, and all that must come of it, whatever other requests do. */
export interface LabRequest {
  kind: ImportKind;
  /** Its Idempotency-Key; also begins the X-Request-Id of each attempt, which the import keeps. */
  key: string;
  account: Account;
  /** JSON. */
  body: string;
  recordCount: number;
  skippedCount: number;
  saved: SavedRecord[];
  /** The documented answer, as JSON.parse reads it, without what depends on other requests. */
  answer: Record<string, unknown>;
}

/** What others can refer to. */
export interface Referable {
  messages: { id: string; contact: string }[];
  offers: string[];
}

export interface RequestShape {
  account: Account;
  recordsPerRequest: readonly [min: number, max: number];
  /** Draw contacts from so many only, so that requests contend for them; unset: from all. */
  hotContacts?: number | undefined;
  /** Every record of revenue says when: no contact's latest time is that of the latest import. */
  isDated?: boolean | undefined;
  /** What revenue refers to besides what has always been there. */
  imported?: Referable | undefined;
  /** The people that sends and contacts may bring, and that nobody else does; unset: some that all requests share. */
  people?: { first: number; count: number } | undefined;
}

/** What a request's record is, and what must come of it. */
export type Built = { record: unknown } & (
  | { saved: Omit<SavedRecord, 'index'> }
  | { isSkipped: true }
  /** `repeats`: the fields that the error repeats. */
  | { code: string; repeats?: Record<string, string | null> }
);

/** Puts records together to a request. */
export function toRequest(
  kind: ImportKind,
  key: string,
  account: Account,
  built: readonly Built[],
  answerOf: (saved: SavedRecord[], codes: string[]) => Record<string, unknown>,
): LabRequest {
  const { list, skippedAs, errors: texts } = specOf(kind);
  const saved = built.flatMap((one, index) => ('saved' in one ? [{ ...one.saved, index }] : []));
  const errors = built.flatMap((one, index) =>
    'code' in one ? [{ index, ...one.repeats, code: one.code, error: texts[one.code] }] : [],
  );
  const skippedCount = built.length - saved.length - errors.length;
  return {
    kind,
    key,
    account,
    body: JSON.stringify({ [list.name]: built.map(({ record }) => record) }),
    recordCount: built.length,
    skippedCount,
    saved,
    answer: {
      success_count: saved.length,
      error_count: errors.length,
      ...(skippedAs && { [skippedAs]: skippedCount }),
      errors: errors.slice(0, MAX_LISTED_ERRORS),
      ...answerOf(
        saved,
        errors.map(({ code }) => code),
      ),
    },
  };
}

interface Spec {
  list: { name: string };
  skippedAs?: string;
  errors: Readonly<Record<string, string>>;
}

function specOf(kind: ImportKind): Spec {
  return kindSpecs[kind];
}

/** Calls for each record of a request. */
export function buildRecords(
  { recordsPerRequest }: RequestShape,
  random: Random,
  build: (index: number) => Built,
): Built[] {
  return Array.from({ length: random.integer(...recordsPerRequest) }, (_, index) => build(index));
}

/** A message that has always been there. */
export function pickMessage({ account, hotContacts = account.messages.length }: RequestShape, random: Random) {
  const message = account.messages[random.integer(0, hotContacts - 1)];
  if (!message) throw new Error('There are fewer contacts than that.');
  return message;
}

const SHARED_PEOPLE = { first: 0, count: 1_000 };

/** Somebody who has always been there, or not, and a list. */
export function pickRecipient(shape: RequestShape, random: Random): { list: string; phone: string; contact: string } {
  const { account, people } = shape;
  const { first, count } = people ?? SHARED_PEOPLE;
  const [ownList = '', known] = pickMessage(shape, random).contact.split(':');
  const isKnown = random.chance(0.5);
  // On another list it would be new, and not only its own.
  const list = isKnown && people ? ownList : random.pick(account.lists);
  const number = first + random.integer(0, count - 1);
  // No catalog has so many contacts that it comes to these numbers.
  const phone = isKnown && known !== undefined ? known : `+15559${String(number).padStart(6, '0')}`;
  return { list, phone, contact: `${list}:${phone}` };
}

/** A time to the millisecond: hardly two records are of the same. */
export function pickTime(random: Random): string {
  return new Date(NEWEST - random.integer(0, 700) * DAY_MS - random.integer(0, DAY_MS - 1)).toISOString();
}
