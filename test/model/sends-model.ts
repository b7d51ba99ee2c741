/** A record of sends as a test draws it: what a client can get wrong, as well. */
export type DrawnSend = Readonly<Record<string, unknown>>;

export interface ModelMessage {
  id: string;
  list: string;
  to: string;
  sent_at: string;
  send_type: string | null;
  delivered: boolean | null;
  length: number | null;
}

interface Recipient {
  list: string;
  to: string;
  madeBy: number;
}

export interface ModelRecipient {
  list: string;
  to: string;
  send_count: number;
  last_sent_at: string | null;
  conversion_count: number;
}

export interface SendsAnswer {
  body: string;
  /** Records with the warning `duplicate_differs`, by index. */
  differing: number[];
}

/** How an undo ends: numbers in its answer, or what is in its way. */
export type UndoAnswer =
  | { removed_count: number; contacts_kept: number; list_contacts_kept: number }
  | { in_use: { revenue: number } };

const texts: Record<string, string> = {
  missing_id: 'A record is missing the id field.',
  missing_list_number: 'A record is missing the list_number or the list_id field.',
  missing_to_number: 'A record is missing the to_number field.',
  invalid_phone: 'to_number must be in E.164 form: + and 7 to 15 digits.',
  invalid_delivered: 'delivered must be true or false.',
  invalid_length: 'length must be an integer from 0 to 2147483647.',
  missing_timestamp: 'A record is missing the timestamp field.',
  invalid_timestamp:
    'timestamp must be an ISO 8601 date or date-time (2025-11-15T16:00:00Z) from 1970 to a day from now.',
  list_not_found: 'No list exists with the given list_number and list_id.',
};

/** What the product promises of sends, in memory: no chunks, no queue, no SQL, one record after the other. */
export class SendsModel {
  readonly #lists: ReadonlyMap<number, string>;
  readonly #messages = new Map<string, ModelMessage & { import: number }>();
  readonly #recipients = new Map<string, Recipient>();
  readonly #contacts = new Map<string, { madeBy: number }>();
  #revenue: { message: string; import: number }[] = [];

  /** @param lists numbers by id */
  constructor(lists: ReadonlyMap<number, string>) {
    this.#lists = lists;
  }

  send(importNumber: number, records: readonly DrawnSend[]): SendsAnswer {
    const errors: object[] = [];
    const differing: number[] = [];
    let [saved, skipped, phones] = [0, 0, 0];
    for (const [index, record] of records.entries()) {
      const code = this.#errorOf(record);
      if (code !== undefined) {
        if (code === 'invalid_phone') phones += 1;
        const id = typeof record['id'] === 'string' && record['id'].trim() !== '' ? record['id'] : null;
        errors.push({ index, id, code, error: texts[code] });
        continue;
      }
      const message = this.#messageOf(record);
      const before = this.#messages.get(message.id);
      if (!before) {
        saved += 1;
        this.#add(message, importNumber);
        continue;
      }
      skipped += 1;
      if (differs(message, before)) differing.push(index);
    }
    const counts = `"success_count":${saved},"error_count":${errors.length},"invalid_phones":${phones}`;
    return { body: `{${counts},"duplicates_skipped":${skipped},"errors":${JSON.stringify(errors)}}`, differing };
  }

  /** @returns how many records were saved */
  earn(importNumber: number, messageIds: readonly string[]): number {
    const found = messageIds.filter((id) => this.#messages.has(id));
    this.#revenue.push(...found.map((message) => ({ message, import: importNumber })));
    return found.length;
  }

  loseRevenue(importNumber: number): void {
    this.#revenue = this.#revenue.filter((row) => row.import !== importNumber);
  }

  undo(importNumber: number): UndoAnswer {
    const own = [...this.#messages.values()].filter((message) => message.import === importNumber);
    const revenue = this.#revenue.filter(({ message }) => own.some(({ id }) => id === message)).length;
    if (revenue > 0) return { in_use: { revenue } };
    for (const { id } of own) this.#messages.delete(id);
    const made = [...this.#recipients.values()].filter(({ madeBy }) => madeBy === importNumber);
    const leaving = made.filter((recipient) => this.#messagesTo(recipient).length === 0);
    for (const recipient of leaving) this.#recipients.delete(keyOf(recipient));
    const people = [...new Set(made.map(({ to }) => to))].filter(
      (to) => this.#contacts.get(to)?.madeBy === importNumber,
    );
    const lonely = people.filter((to) => ![...this.#recipients.values()].some((recipient) => recipient.to === to));
    for (const to of lonely) this.#contacts.delete(to);
    return {
      removed_count: own.length,
      contacts_kept: people.length - lonely.length,
      list_contacts_kept: made.length - leaving.length,
    };
  }

  get messages(): ModelMessage[] {
    return [...this.#messages.values()]
      .map(({ import: _import, ...message }) => message)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  get recipients(): ModelRecipient[] {
    return [...this.#recipients.values()]
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      .map((recipient) => {
        const messages = this.#messagesTo(recipient);
        const ids = new Set(messages.map(({ id }) => id));
        return {
          list: recipient.list,
          to: recipient.to,
          send_count: messages.length,
          last_sent_at:
            messages
              .map((message) => message.sent_at)
              .toSorted()
              .at(-1) ?? null,
          conversion_count: this.#revenue.filter(({ message }) => ids.has(message)).length,
        };
      });
  }

  get numbers(): string[] {
    return [...this.#contacts.keys()].toSorted();
  }

  #messagesTo({ list, to }: Recipient): ModelMessage[] {
    return [...this.#messages.values()].filter((message) => message.list === list && message.to === to);
  }

  #add(message: ModelMessage, importNumber: number): void {
    const { list, to } = message;
    if (!this.#contacts.has(to)) this.#contacts.set(to, { madeBy: importNumber });
    const key = keyOf({ list, to });
    if (!this.#recipients.has(key)) this.#recipients.set(key, { list, to, madeBy: importNumber });
    this.#messages.set(message.id, { ...message, import: importNumber });
  }

  #errorOf(record: DrawnSend): string | undefined {
    const { id, list_number: number, list_id: listId, to_number: to, delivered, length, timestamp } = record;
    if (isMissing(id)) return 'missing_id';
    if (isMissing(number) && isMissing(listId)) return 'missing_list_number';
    if (isMissing(to)) return 'missing_to_number';
    if (!/^\+\d{7,15}$/.test(String(to))) return 'invalid_phone';
    if (!isMissing(delivered) && typeof delivered !== 'boolean') return 'invalid_delivered';
    if (!isMissing(length) && !(Number.isInteger(length) && Number(length) >= 0)) return 'invalid_length';
    if (isMissing(timestamp)) return 'missing_timestamp';
    if (Number.isNaN(Date.parse(String(timestamp)))) return 'invalid_timestamp';
    return this.#listOf(record) === undefined ? 'list_not_found' : undefined;
  }

  #listOf({ list_number: number, list_id: listId }: DrawnSend): string | undefined {
    const wanted = [...this.#lists].find(
      ([id, own]) => (isMissing(number) || own === number) && (isMissing(listId) || id === listId),
    );
    return wanted?.[1];
  }

  #messageOf(record: DrawnSend): ModelMessage {
    const { send_type: type, delivered, length } = record;
    return {
      id: String(record['id']),
      list: this.#listOf(record) ?? '',
      to: String(record['to_number']),
      sent_at: `${new Date(String(record['timestamp'])).toISOString().slice(0, 19)}Z`,
      send_type: typeof type === 'string' ? type : null,
      delivered: typeof delivered === 'boolean' ? delivered : null,
      length: typeof length === 'number' ? length : null,
    };
  }
}

function differs(record: ModelMessage, before: ModelMessage): boolean {
  const names = ['send_type', 'delivered', 'length'] as const;
  return (
    record.list !== before.list ||
    record.to !== before.to ||
    record.sent_at !== before.sent_at ||
    names.some((name) => record[name] !== null && record[name] !== before[name])
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function keyOf({ list, to }: Pick<Recipient, 'list' | 'to'>): string {
  return `${list} ${to}`;
}
