import { Decimal } from 'decimal.js';

import { judgeRecord, type JudgedRecord, type RejectionCode } from './record-rules.ts';

/** What an account has, by position: messages refer to contacts, and offers that come first win. */
export interface ModelCatalog {
  contactCount: number;
  messages: { id: string; /** Undefined: it is gone. */ contact: number | undefined }[];
  offers: { id: string; externalId: string | undefined }[];
}

export interface ModelRow {
  record_index: number;
  message_id: string;
  offer_id: string;
  revenue: string;
  payout: string | null;
  attribution_type: string;
  occurred_at: string;
}

export interface ModelFailure {
  index: number;
  code: RejectionCode;
  error: string;
  /** As it was sent or, when the catalog is to blame, with its defaults filled in. */
  record: unknown;
}

export interface ModelStats {
  revenue_total: string;
  conversion_count: number;
  last_revenue_at: string | null;
}

export interface ModelImport {
  body: string;
  rows: ModelRow[];
  /** All of them, by index. */
  failures: ModelFailure[];
}

const texts: Record<RejectionCode, string> = {
  invalid_record: 'A record must be an object with at most 100 fields.',
  missing_message_id: 'A record is missing the message_id field.',
  invalid_message_id: 'message_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  missing_offer_id: 'A record is missing the offer_id field.',
  invalid_offer_id: 'offer_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  missing_revenue: 'A record is missing the revenue field.',
  invalid_revenue: 'revenue must be a number or a plain decimal string ("24.99") from 0 to 9999999999.9999.',
  invalid_payout: 'payout must be a number or a plain decimal string ("5.00") from 0 to 9999999999.9999.',
  invalid_attribution_type:
    'attribution_type must be a string of 1 to 64 characters, without NUL or unpaired surrogates.',
  invalid_timestamp:
    'timestamp must be an ISO 8601 date or date-time (2025-11-15T16:00:00Z) from 1970 to a day from now.',
  message_not_found: 'No message exists with the given message_id.',
  offer_not_found: 'No offer exists with the given offer_id.',
  contact_not_found: 'The contact associated with the message could not be found.',
};

/** What the product promises, in memory: no chunks, no queue, no SQL, one record after the other. */
export class RevenueModel {
  readonly #catalog: ModelCatalog;
  readonly #rowsOfContact: ModelRow[][];

  constructor(catalog: ModelCatalog) {
    this.#catalog = catalog;
    this.#rowsOfContact = Array.from({ length: catalog.contactCount }, () => []);
  }

  /** Imports the records of one request; tells the body of the answer, the rows that are stored, and what failed. */
  importRecords(records: readonly unknown[], acceptedAt: string): ModelImport {
    const rows: ModelRow[] = [];
    const failures: ModelFailure[] = [];
    for (const [index, record] of records.entries()) {
      const judged = judgeRecord(record);
      const result = this.#importRecord(judged, index, acceptedAt);
      if (typeof result !== 'string') {
        rows.push(result);
        continue;
      }
      const told = typeof judged === 'string' ? known(record) : completed(judged, acceptedAt);
      failures.push({ index, code: result, error: texts[result], record: told });
    }
    const total = Decimal.sum(0, ...rows.map((row) => row.revenue)).toFixed();
    const listed = JSON.stringify(failures.slice(0, 100).map(({ index, code, error }) => ({ index, code, error })));
    const counts = `"success_count":${rows.length},"error_count":${failures.length}`;
    return { body: `{${counts},"total_revenue":${total},"errors":${listed}}`, rows, failures };
  }

  /** Of every contact, in the order of the catalog. */
  stats(): ModelStats[] {
    return this.#rowsOfContact.map((rows) => ({
      revenue_total: Decimal.sum(0, ...rows.map((row) => row.revenue)).toFixed(4),
      conversion_count: rows.length,
      last_revenue_at:
        rows
          .map((row) => row.occurred_at)
          .toSorted()
          .at(-1) ?? null,
    }));
  }

  #importRecord(record: JudgedRecord | RejectionCode, index: number, acceptedAt: string): ModelRow | RejectionCode {
    if (typeof record === 'string') return record;
    const { messages, offers } = this.#catalog;
    const message = messages.find(({ id }) => id === record.messageId);
    if (!message) return 'message_not_found';
    const offer =
      offers.find(({ id }) => id === record.offerId) ?? offers.find(({ externalId }) => externalId === record.offerId);
    if (!offer) return 'offer_not_found';
    if (message.contact === undefined) return 'contact_not_found';

    const row: ModelRow = {
      record_index: index,
      message_id: message.id,
      offer_id: offer.id,
      revenue: record.revenue,
      payout: record.payout,
      attribution_type: record.attributionType,
      occurred_at: record.occurredAt ?? acceptedAt,
    };
    this.#rowsOfContact[message.contact]?.push(row);
    return row;
  }
}

const FIELDS = new Set(['message_id', 'offer_id', 'revenue', 'payout', 'attribution_type', 'timestamp']);

/** What is kept of a record that the checks rejected. */
function known(record: unknown): unknown {
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
  const kept = isObject ? Object.fromEntries(Object.entries(record).filter(([name]) => FIELDS.has(name))) : record;
  try {
    return Buffer.byteLength(JSON.stringify(kept)) <= 4096 ? kept : null;
  } catch {
    // It is nested too deep.
    return null;
  }
}

/** A record with its defaults, as a client could send it. */
function completed(record: JudgedRecord, acceptedAt: string): Record<string, string | number> {
  const { messageId, offerId, revenue, payout, attributionType, occurredAt = acceptedAt } = record;
  return {
    message_id: messageId,
    offer_id: offerId,
    revenue: Number(revenue),
    ...(payout !== null && { payout: Number(payout) }),
    attribution_type: attributionType,
    timestamp: occurredAt,
  };
}
