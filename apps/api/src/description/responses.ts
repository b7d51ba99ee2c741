import type { Readable } from 'node:stream';

import { ErrorResponse, requestErrors, type RequestErrorCode } from '@trackly/contract';
import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';

import type { ResponseHeader } from './headers.ts';

/** Named values that show what a body looks like. */
export type Examples = Record<string, { summary?: string; value: unknown }>;

export interface Content<T extends TSchema> {
  schema: T;
  examples: Examples;
}

/** A body that is sent piece by piece, as text. */
export const StreamedText = Type.Unsafe<string | Readable>(Type.String());

/** What every operation can refuse. */
const REFUSED_EVERYWHERE: readonly RequestErrorCode[] = [
  'malformed_request',
  'missing_api_key',
  'invalid_api_key',
  'request_timeout',
  'headers_too_large',
  'internal_error',
  'unavailable',
];

/** Refused by Node, before there is a request that could have an id. */
const WITHOUT_REQUEST = new Set<RequestErrorCode>(['request_timeout', 'headers_too_large']);

interface RefusalContent {
  'application/json': Content<TUnsafe<Static<typeof ErrorResponse>>>;
}

const { error } = ErrorResponse.properties;

const ofSuspended: RefusalContent = {
  'application/json': {
    schema: Type.Unsafe(Type.Object({ error })),
    examples: { suspended: { value: { error: 'Account is suspended' } } },
  },
};

/** Describes a response that is named by its request, beside the other headers that it may carry. */
export function response<C extends Record<keyof C, Content<TSchema>>>(
  description: string,
  headers: readonly ResponseHeader[],
  content: C,
) {
  return { description, headers: named(['X-Request-Id', ...headers]), content };
}

/**
 * Describes all that an operation refuses, by status: what every operation does, and these codes.
 *
 * @param headers of refusals with a status, beside those that follow from the codes
 */
export function refusals(codes: readonly RequestErrorCode[], headers: Partial<Record<number, ResponseHeader[]>> = {}) {
  const byStatus = Map.groupBy([...REFUSED_EVERYWHERE, ...codes], (code) => requestErrors[code].status);
  const responses: Record<number, ReturnType<typeof refusal>> = {
    403: response('The account is suspended.', [], ofSuspended),
  };
  for (const [status, refused] of byStatus) responses[status] = refusal(refused, headers[status] ?? []);
  return responses;
}

function refusal(codes: readonly RequestErrorCode[], headers: readonly ResponseHeader[]) {
  const code = Type.Unsafe<RequestErrorCode>({
    type: 'string',
    enum: codes,
    description: 'What went wrong, for programs.',
  });
  const description = codes.map((each) => `\`${each}\`: ${requestErrors[each].text}`).join('\n\n');
  const examples = codes.map((each) => [each, { value: { error: requestErrors[each].text, code: each } }] as const);
  const isRequest = codes.some((each) => !WITHOUT_REQUEST.has(each));
  const mayComeAgain = codes.some((each) => 'retryAfter' in requestErrors[each]);
  const content: RefusalContent = {
    'application/json': {
      schema: Type.Unsafe(Type.Object({ error, code })),
      examples: Object.fromEntries(examples),
    },
  };
  const all: ResponseHeader[] = [...headers, ...(mayComeAgain ? (['Retry-After'] as const) : [])];
  return isRequest ? response(description, all, content) : { description, headers: named(all), content };
}

/** Headers are components: a name is enough. */
function named(headers: readonly ResponseHeader[]): Partial<Record<ResponseHeader, object>> {
  return Object.fromEntries(headers.map((header) => [header, {}]));
}
