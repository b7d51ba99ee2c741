import { sum } from './revenue.ts';
import { isOf, NOBODY, type Member, type State } from './state.ts';

/** What a model's account has, as `readAccount` reads it of the product. */
export function viewOf(state: Readonly<State>): object {
  return {
    contacts: state.members.map((member) => contactOf(state, member)).toSorted(byPlace),
    numbers: state.contacts.map(({ phone }) => phone).toSorted(),
    lists: [...state.lists].map(([id, number]) => ({
      id,
      phone_number: number,
      contact_count: state.members.filter(({ list }) => list === number).length,
    })),
    offers: state.offers.map((offer) => ({
      id: offer.id,
      name: offer.name,
      tracking_url: offer.trackingUrl,
      external_id: offer.externalId,
      external_platform: null,
      payout: offer.payout,
      payout_type: 'cpa',
      status: offer.status,
      created_at: toMilliseconds(offer.acceptedAt),
      made_by: offer.import,
    })),
    offer_indexes: Object.fromEntries(state.offers.map(({ id, index }) => [id, index])),
    messages: state.messages
      .map(({ id, list, to, sentAt, sendType, delivered, length, ...made }) => ({
        id,
        list,
        to,
        sent_at: sentAt.replace('.000', ''),
        send_type: sendType,
        delivered,
        length,
        imported: made.import !== NOBODY,
        made_by: made.import,
        record_index: made.index,
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    revenue: state.revenue
      .map(({ messageId, offerId, revenue, payout, attributionType, occurredAt, ...made }) => {
        const message = state.messages.find(({ id }) => id === messageId);
        return {
          message_id: messageId,
          offer_id: offerId,
          list: message?.list,
          to: message?.to,
          revenue,
          payout,
          attribution_type: attributionType,
          occurred_at: occurredAt,
          made_by: made.import,
          record_index: made.index,
        };
      })
      .toSorted((a, b) => a.made_by - b.made_by || a.record_index - b.record_index),
  };
}

/** By list and number. */
export function byPlace(a: Place, b: Place): number {
  return `${a.list_number} ${a.phone_number}` < `${b.list_number} ${b.phone_number}` ? -1 : 1;
}

interface Place {
  list_number: string;
  phone_number: string | null;
}

function contactOf(state: Readonly<State>, member: Member) {
  const messages = state.messages.filter(isOf(member));
  const ids = new Set(messages.map(({ id }) => id));
  const revenue = state.revenue.filter(({ messageId }) => ids.has(messageId));
  const lastRevenueAt = latest(revenue.map(({ occurredAt }) => occurredAt));
  return {
    phone_number: member.phone,
    list_number: member.list,
    active: true,
    signup_date: member.signupDate,
    signup_method: member.signupMethod,
    ip_address: member.ipAddress,
    url: member.url,
    custom_fields: member.customFields,
    send_count: messages.length,
    last_sent_at: latest(messages.map(({ sentAt }) => sentAt)),
    revenue_total: sum(revenue),
    conversion_count: revenue.length,
    last_revenue_at: lastRevenueAt === null ? null : toMilliseconds(lastRevenueAt),
    click_count: 0,
    last_clicked_at: null,
    is_valid: null,
    carrier: null,
    line_type: null,
    timezone: null,
    made_by: member.maker.import,
    changed_by: member.changedBy.toSorted((a, b) => a - b),
    contact_made_by: state.contacts.find(({ phone }) => phone === member.phone)?.maker.import,
  };
}

const latest = (times: readonly string[]): string | null => times.toSorted().at(-1) ?? null;

const toMilliseconds = (time: string): string => `${time.slice(0, 23)}Z`;
