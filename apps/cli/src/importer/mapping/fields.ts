/** The fields of a record, in the order in which people expect them. */
export const fields = ['message_id', 'offer_id', 'revenue', 'payout', 'attribution_type', 'timestamp'] as const;
export type Field = (typeof fields)[number];

/** Without these there is no record. */
export const requiredFields: readonly Field[] = ['message_id', 'offer_id', 'revenue'];

export function isField(name: string): name is Field {
  return fields.some((field) => field === name);
}
