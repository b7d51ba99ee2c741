import { isDeepStrictEqual } from 'node:util';

import {
  addMember,
  findMember,
  inUse,
  isMissing,
  isOf,
  isPhone,
  isTime,
  removeMembers,
  settleMakers,
  textOrNull,
  toTime,
  type Drawn,
  type ImportFacts,
  type IsUndone,
  type Member,
  type Outcome,
  type State,
  type UndoOutcome,
} from './state.ts';

const MOST_BYTES = 4000;

/** What an import of contacts does, one record after the other. */
export function importContacts(
  state: State,
  { number, acceptedAt, isUndone }: ImportFacts,
  records: readonly Drawn[],
): Outcome {
  const before = structuredClone(state);
  const errors: Outcome['errors'] = [];
  for (const [index, record] of records.entries()) {
    const code = errorOf(state, record) ?? save(record, index);
    if (code === undefined) continue;
    const phone = record['phone_number'];
    errors.push({ index, code, fields: { phone_number: isPhone(phone) ? phone : null } });
  }

  /** @returns why the record is rejected */
  function save(record: Drawn, index: number): string | undefined {
    const place = { list: String(record['list_number']), phone: String(record['phone_number']) };
    const customFields = { ...findMember(state, place.list, place.phone)?.customFields, ...fieldsOf(record) };
    if (fieldsOf(record) && Buffer.byteLength(JSON.stringify(customFields)) > MOST_BYTES)
      return 'custom_fields_too_large';
    const made = { import: number, index, signupDate: `${acceptedAt.slice(0, 23)}Z`, signupMethod: 'api' } as const;
    const member = addMember(state, place, made);
    if (isTime(record['signup_date'])) member.signupDate = toTime(record['signup_date']);
    member.ipAddress = textOrNull(record['ip_address']) ?? member.ipAddress;
    member.url = textOrNull(record['url']) ?? member.url;
    member.customFields = customFields;
    return undefined;
  }

  // The records of one phone number are in one chunk, so its first record makes it.
  settleMakers(state, number);
  const isNew = ({ list, phone }: Member) => findMember(before, list, phone) === undefined;
  const updated = state.members.filter(
    (member) => !isNew(member) && !isDeepStrictEqual(member, findMember(before, member.list, member.phone)),
  );
  for (const member of updated) {
    if (!member.changedBy.includes(number))
      member.changedBy = [...member.changedBy.filter((changer) => !isUndone(changer)), number];
  }
  const counts = {
    contacts_created: state.contacts.length - before.contacts.length,
    list_contacts_created: state.members.filter(isNew).length,
    list_contacts_updated: updated.length,
    journeys_enrolled: 0,
  };
  const nothing = { ...counts, contacts_created: 0, list_contacts_created: 0, list_contacts_updated: 0 };
  return { saved: records.length - errors.length, errors, warnings: [], counts, nothing, notices: {} };
}

/**
 * Removes what an import of contacts has made, unless it is in use.
 *
 * @param changed how many contacts the import has changed, but not made
 */
export function undoContacts(
  state: State,
  number: number,
  { changed, isUndone }: { changed: number; isUndone: IsUndone },
): UndoOutcome {
  const made = state.members.filter(({ maker }) => maker.import === number);
  const messages = state.messages.filter((message) => made.some((member) => isOf(member)(message)));
  const ids = new Set(messages.map(({ id }) => id));
  const own = new Set(state.contacts.filter(({ maker }) => maker.import === number).map(({ phone }) => phone));
  const forsaken = state.members.filter(
    (member) =>
      own.has(member.phone) &&
      isUndone(member.maker.import) &&
      !state.messages.some(isOf(member)) &&
      member.changedBy.every(isUndone),
  );
  const references = {
    messages: messages.length,
    revenue: state.revenue.filter(({ messageId }) => ids.has(messageId)).length,
    list_contacts: state.members.filter(
      (member) => own.has(member.phone) && member.maker.import !== number && !forsaken.includes(member),
    ).length,
    changed_contacts: made.filter(({ changedBy }) => !changedBy.every(isUndone)).length,
  };
  const refused = inUse(references);
  if (refused) return refused;
  const leaving = [...made, ...forsaken];
  const contactsRemoved = removeMembers(state, leaving);
  return { removed_count: leaving.length, contacts_removed: contactsRemoved, list_contacts_kept: changed };
}

function errorOf({ lists }: State, record: Drawn): string | undefined {
  const { phone_number: phone, list_number: list, signup_date: date, url } = record;
  if (isMissing(phone)) return 'missing_phone_number';
  if (!isPhone(phone)) return 'invalid_phone';
  if (isMissing(list)) return 'missing_list_number';
  if (date !== undefined && date !== null && !isTime(date)) return 'invalid_signup_date';
  if (url === '') return 'invalid_url';
  return [...lists.values()].includes(String(list)) ? undefined : 'list_not_found';
}

function fieldsOf(record: Drawn): object | undefined {
  const fields = record['custom_fields'];
  return typeof fields === 'object' && fields !== null ? fields : undefined;
}
