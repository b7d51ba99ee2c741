import { Type, type Static } from '@sinclair/typebox';

const Numbers = Type.Array(Type.Number());

/** Records that the load client is to send. */
export const Load = Type.Object({
  url: Type.String(),
  apiKey: Type.String(),
  /** Bodies, one a line, and what must come of each. */
  bodies: Type.String(),
  expected: Type.String(),
  /** The number of the first request, from 0. Numbers past the bodies' begin with the first body again. */
  first: Type.Integer(),
  requests: Type.Integer(),
  connections: Type.Integer(),
  /** With its number, a request's idempotency key. */
  keyPrefix: Type.String(),
});
export type Load = Static<typeof Load>;

/** An address to ask for, one request after the other. */
export const Question = Type.Object({ address: Type.String(), requests: Type.Integer() });
export type Question = Static<typeof Question>;

export const LoadOrder = Type.Union([Load, Question]);

/** What came of it: every answer was the expected one. */
export const LoadResult = Type.Object({
  /** From the first byte sent to the last answer. */
  seconds: Type.Number(),
  /** Of each request, from its first byte to its answer. */
  milliseconds: Numbers,
});
export type LoadResult = Static<typeof LoadResult>;

export const LoadReply = Type.Union([LoadResult, Type.Object({ error: Type.String() })]);
