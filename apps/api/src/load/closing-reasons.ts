/** Why the API closes a connection to protect others. */
export const closingReasons = [
  /** It is one of too many, and its requester has most of them. */
  'too_many',
  /** Too many requests on it are not answered yet. */
  'pipelining',
  /** The client reads nothing of an answer. */
  'unread_answer',
  /** The memory of its requests or answers is needed for others. */
  'gave_way',
] as const;

export type ClosingReason = (typeof closingReasons)[number];
