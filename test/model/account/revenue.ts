import { Decimal } from 'decimal.js';

import { RevenueModel } from '../revenue-model.ts';
import { findMember, type Drawn, type ImportFacts, type Outcome, type State, type UndoOutcome } from './state.ts';

/** What an import of revenue does: as the model of revenue alone says, with what the account has now. */
export function importRevenue(state: State, { number, acceptedAt }: ImportFacts, records: readonly Drawn[]): Outcome {
  const model = new RevenueModel({
    contactCount: state.members.length,
    messages: state.messages.map(({ id, list, to }) => {
      const member = findMember(state, list, to);
      return { id, contact: member && state.members.indexOf(member) };
    }),
    offers: state.offers.map(({ id, externalId }) => ({ id, externalId: externalId ?? undefined })),
  });
  const { rows, failures } = model.importRecords(records, acceptedAt);
  const added = rows.map((row) => ({
    messageId: row.message_id,
    offerId: row.offer_id,
    revenue: row.revenue,
    payout: row.payout,
    attributionType: row.attribution_type,
    occurredAt: row.occurred_at,
    import: number,
    index: row.record_index,
  }));
  state.revenue.push(...added);
  const early = added.filter(({ messageId, occurredAt }) => {
    const message = state.messages.find(({ id }) => id === messageId);
    return message && new Date(occurredAt) < new Date(message.sentAt);
  });
  return {
    saved: rows.length,
    errors: failures.map(({ index, code }) => ({ index, code, fields: {} })),
    warnings: [],
    counts: { total_revenue: sum(added) },
    nothing: { total_revenue: 0 },
    notices: { dated_before_message: early.length },
  };
}

/** Removes the revenue of an import. */
export function undoRevenue(state: State, number: number): UndoOutcome {
  const own = state.revenue.filter((row) => row.import === number);
  state.revenue = state.revenue.filter((row) => row.import !== number);
  return { removed_count: own.length, removed_revenue: sum(own) };
}

/** Of few small amounts. */
export function sum(rows: readonly { revenue: string }[]): number {
  return Decimal.sum(0, ...rows.map(({ revenue }) => revenue)).toNumber();
}
