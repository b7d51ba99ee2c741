/** A record as a test draws it: what a client can get wrong, as well. */
export type Drawn = Readonly<Record<string, unknown>>;

/** Stands for the import of what was there before all imports. */
export const NOBODY = -1;

/** Which import has made something, and with which of its records: chunks are saved in any order, so it may be one of several. */
export interface Maker {
  import: number;
  indexes: number[];
}

export interface Contact {
  phone: string;
  maker: Maker;
}

/** A contact on a list. */
export interface Member {
  phone: string;
  list: string;
  signupDate: string | null;
  signupMethod: 'api' | 'import' | null;
  ipAddress: string | null;
  url: string | null;
  customFields: Record<string, unknown>;
  maker: Maker;
  /** The imports of contacts that have changed it, other than its maker. */
  changedBy: readonly number[];
}

export interface Offer {
  id: string;
  name: string;
  trackingUrl: string | null;
  externalId: string | null;
  payout: number;
  status: string;
  acceptedAt: string;
  import: number;
  index: number | null;
}

export interface Message {
  id: string;
  list: string;
  to: string;
  sentAt: string;
  sendType: string | null;
  delivered: boolean | null;
  length: number | null;
  import: number;
  index: number | null;
}

export interface Revenue {
  messageId: string;
  offerId: string;
  revenue: string;
  payout: string | null;
  attributionType: string;
  occurredAt: string;
  import: number;
  index: number;
}

/** What an account has. */
export interface State {
  /** Numbers by id. */
  lists: Map<number, string>;
  contacts: Contact[];
  members: Member[];
  /** In the order in which they were saved. */
  offers: Offer[];
  messages: Message[];
  revenue: Revenue[];
}

/** What there is to know about an import besides its records. */
export interface ImportFacts {
  number: number;
  /** In UTC, to the microsecond. */
  acceptedAt: string;
  /** Offers that the import has saved, in the order in which that was done: chunks are saved in any order. */
  savedOffers: readonly { index: number; id: string }[];
  /** Whether all of its records are saved at once, in their order. */
  isOneChunk: boolean;
  isUndone: IsUndone;
}

/** Whether an import is undone, by its number. */
export type IsUndone = (number: number) => boolean;

export interface Finding {
  index: number;
  code: string;
}

/** Of several records that may have made something, those that can have: the first, if they are saved in their order. */
export function settleMakers({ contacts, members }: State, number: number): void {
  for (const { maker } of [...contacts, ...members]) {
    if (maker.import === number) maker.indexes.splice(1);
  }
}

/** What becomes of the records of one import. */
export interface Outcome {
  saved: number;
  errors: (Finding & { fields: Record<string, unknown> })[];
  warnings: Finding[];
  /** Of records that are skipped; undefined if the kind skips none. */
  skipped?: number;
  /** The numbers between the counts and the errors of an answer, when there are any, as they are and if nothing is saved. */
  counts: Record<string, number>;
  nothing: Record<string, number>;
  /** What only a dry run tells. */
  notices: Record<string, number>;
}

/** How an undo ends: what is in its way, or the numbers in its answer. */
export type UndoOutcome = { in_use: Record<string, number> } | Record<string, number>;

export const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

export const isPhone = (value: unknown): value is string => typeof value === 'string' && /^\+\d{7,15}$/.test(value);

export const isTime = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** A time as a record has it, to the millisecond. */
export const toTime = (value: unknown): string => new Date(String(value)).toISOString();

export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const isOf = (member: { list: string; phone: string }) => (message: Message) =>
  message.list === member.list && message.to === member.phone;

export function findMember({ members }: State, list: string, phone: string): Member | undefined {
  return members.find((member) => member.list === list && member.phone === phone);
}

/** Puts a phone number on a list, unless it is there. */
export function addMember(
  state: State,
  place: { list: string; phone: string },
  made: Pick<Member, 'signupDate' | 'signupMethod'> & { import: number; index: number },
): Member {
  const { import: number, index, ...signup } = made;
  const contact = state.contacts.find(({ phone }) => phone === place.phone);
  if (!contact) state.contacts.push({ phone: place.phone, maker: { import: number, indexes: [index] } });
  else if (contact.maker.import === number) contact.maker.indexes.push(index);

  const before = findMember(state, place.list, place.phone);
  if (before?.maker.import === number) before.maker.indexes.push(index);
  if (before) return before;
  const maker = { import: number, indexes: [index] };
  const member: Member = { ...place, ...signup, ipAddress: null, url: null, customFields: {}, maker, changedBy: [] };
  state.members.push(member);
  return member;
}

/** Removes contacts from lists, and those that an import has made and that are on no list any more. @returns how many of the latter */
export function removeMembers(state: State, leaving: readonly Member[]): number {
  state.members = state.members.filter((member) => !leaving.includes(member));
  const before = state.contacts.length;
  const isLonely = ({ phone, maker }: Contact) =>
    maker.import !== NOBODY &&
    leaving.some((member) => member.phone === phone) &&
    !state.members.some((member) => member.phone === phone);
  state.contacts = state.contacts.filter((contact) => !isLonely(contact));
  return before - state.contacts.length;
}

/** Leaves out zeros; undefined if nothing is left. */
export function inUse(references: Record<string, number>): UndoOutcome | undefined {
  const found = Object.entries(references).filter(([, count]) => count > 0);
  return found.length > 0 ? { in_use: Object.fromEntries(found) } : undefined;
}
