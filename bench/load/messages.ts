import { Type, type Static } from '@sinclair/typebox';

/** What the load client is to send. */
export const LoadOrder = Type.Object({
  url: Type.String(),
  apiKey: Type.String(),
  /** Bodies, one a line, and what must come of each. */
  bodies: Type.String(),
  expected: Type.String(),
  /** How many requests; the bodies are sent again from the first when there are fewer. */
  requests: Type.Integer(),
  connections: Type.Integer(),
  /** Begins the idempotency keys: one that is used once is no new request. */
  keyPrefix: Type.String(),
});
export type LoadOrder = Static<typeof LoadOrder>;

/** What came of it: every answer was the expected one. */
export const LoadResult = Type.Object({
  /** From the first byte sent to the last answer. */
  seconds: Type.Number(),
  /** Of each request, from its first byte to its answer. */
  milliseconds: Type.Array(Type.Number()),
});
export type LoadResult = Static<typeof LoadResult>;

export const LoadReply = Type.Union([LoadResult, Type.Object({ error: Type.String() })]);
