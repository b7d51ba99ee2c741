import {
  addMember,
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
  type Message,
  type Outcome,
  type State,
  type UndoOutcome,
} from './state.ts';

/** What an import of sends does, one record after the other. */
export function importSends(state: State, { number, isOneChunk }: ImportFacts, records: readonly Drawn[]): Outcome {
  const errors: Outcome['errors'] = [];
  const warnings: Outcome['warnings'] = [];
  let [saved, skipped] = [0, 0];
  for (const [index, record] of records.entries()) {
    const code = errorOf(state, record);
    if (code !== undefined) {
      const id = record['id'];
      errors.push({ index, code, fields: { id: isMissing(id) ? null : id } });
      continue;
    }
    const message = messageOf(state, record, { import: number, index });
    const before = state.messages.find(({ id }) => id === message.id);
    if (before) {
      skipped += 1;
      if (differs(message, before)) warnings.push({ index, code: 'duplicate_differs' });
      continue;
    }
    saved += 1;
    const made = { import: number, index, signupDate: null, signupMethod: 'import' } as const;
    addMember(state, { list: message.list, phone: message.to }, made);
    state.messages.push(message);
  }
  if (isOneChunk) settleMakers(state, number);
  const phones = { invalid_phones: errors.filter(({ code }) => code === 'invalid_phone').length };
  return { saved, errors, warnings, skipped, counts: phones, nothing: phones, notices: {} };
}

/** Removes the messages of an import unless revenue refers to one, and what it has added if that has nothing else. */
export function undoSends(state: State, number: number, { isUndone }: { isUndone: IsUndone }): UndoOutcome {
  const own = state.messages.filter((message) => message.import === number);
  const revenue = state.revenue.filter(({ messageId }) => own.some(({ id }) => id === messageId)).length;
  const refused = inUse({ revenue });
  if (refused) return refused;
  state.messages = state.messages.filter((message) => !own.includes(message));
  const made = state.members.filter(({ maker }) => maker.import === number);
  const leaving = state.members.filter(
    (member) =>
      own.some(isOf(member)) &&
      !state.messages.some(isOf(member)) &&
      (member.maker.import === number || isUndone(member.maker.import)) &&
      member.changedBy.every(isUndone),
  );
  removeMembers(state, leaving);
  return {
    removed_count: own.length,
    contacts_kept: state.contacts.filter(({ maker }) => maker.import === number).length,
    list_contacts_kept: made.filter((member) => !leaving.includes(member)).length,
  };
}

function errorOf(state: State, record: Drawn): string | undefined {
  const { id, list_number: number, list_id: listId, to_number: to, delivered, length, timestamp } = record;
  if (isMissing(id)) return 'missing_id';
  if (isMissing(number) && isMissing(listId)) return 'missing_list_number';
  if (isMissing(to)) return 'missing_to_number';
  if (!isPhone(to)) return 'invalid_phone';
  if (!isMissing(delivered) && typeof delivered !== 'boolean') return 'invalid_delivered';
  if (!isMissing(length) && !(Number.isInteger(length) && Number(length) >= 0)) return 'invalid_length';
  if (isMissing(timestamp)) return 'missing_timestamp';
  if (!isTime(timestamp)) return 'invalid_timestamp';
  return listOf(state, record) === undefined ? 'list_not_found' : undefined;
}

function listOf({ lists }: State, { list_number: number, list_id: listId }: Drawn): string | undefined {
  const wanted = [...lists].find(
    ([id, own]) => (isMissing(number) || own === number) && (isMissing(listId) || id === listId),
  );
  return wanted?.[1];
}

function messageOf(state: State, record: Drawn, made: { import: number; index: number }): Message {
  const { id, to_number: to, send_type: type, delivered, length, timestamp } = record;
  return {
    id: String(id),
    list: listOf(state, record) ?? '',
    to: String(to),
    sentAt: toTime(timestamp),
    sendType: textOrNull(type),
    delivered: typeof delivered === 'boolean' ? delivered : null,
    length: typeof length === 'number' ? length : null,
    ...made,
  };
}

/** A field that is absent says nothing. */
function differs(message: Message, before: Message): boolean {
  const names = ['sendType', 'delivered', 'length'] as const;
  return (
    message.list !== before.list ||
    message.to !== before.to ||
    message.sentAt !== before.sentAt ||
    names.some((name) => message[name] !== null && message[name] !== before[name])
  );
}
