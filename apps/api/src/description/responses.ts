import type { Readable } from 'node:stream';

import {
  errorDetails,
  ErrorResponse,
  requestErrors,
  type ErrorDetails,
  type RequestErrorCode,
} from '@trackly/contract';
import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';

import type { ResponseHeader } from './headers.ts';

/** Examples of a body, by name. */
export type Examples = Record<string, { summary?: string; value: unknown }>;

export interface Content<T extends TSchema> {
  schema: T;
  examples: Examples;
}

/** The schema of a text body that is streamed. */
export const StreamedText = Type.Unsafe<string | Readable>(Type.String());

/** The codes with which every operation can refuse a request. */
const REFUSED_EVERYWHERE: readonly RequestErrorCode[] = [
  'malformed_request',
  'missing_api_key',
  'invalid_api_key',
  'request_timeout',
  'headers_too_large',
  'too_many_requests',
  'internal_error',
  'overloaded',
  'unavailable',
];

/** Node refuses these before there is a request that could have an id. */
const WITHOUT_REQUEST = new Set<string>(['request_timeout', 'headers_too_large']);

/** A suspended account gets a refusal without a code, which shares its status with others. */
const SUSPENDED = { status: 403, text: 'Account is suspended' };

interface RefusalContent {
  'application/json': Content<TUnsafe<Static<typeof ErrorResponse>>>;
}

const { error } = ErrorResponse.properties;

/** Examples of what an answer says besides error and code. */
const DETAILS: Partial<Record<string, ErrorDetails>> = {
  import_in_use: { in_use: { revenue: 12 } },
  already_imported: { import_name: 'history-2024.csv', import_id: '019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f' },
};

/** Describes a response with X-Request-Id and the given headers. */
export function response<C extends Record<keyof C, Content<TSchema>>>(
  description: string,
  headers: readonly ResponseHeader[],
  content: C,
) {
  return { description, headers: named(['X-Request-Id', ...headers]), content };
}

interface Reason {
  code: string;
  status: number;
  text: string;
}

/**
 * Describes the refusals of an operation by status: those that every operation has, and those with the given codes.
 *
 * @param headers by status, in addition to those that follow from the codes
 * @param others further reasons, whose codes are not those of requests
 */
export function refusals(
  codes: readonly RequestErrorCode[],
  headers: Partial<Record<number, ResponseHeader[]>> = {},
  others: readonly Reason[] = [],
) {
  const own = [...REFUSED_EVERYWHERE, ...codes].map((code): Reason => ({ code, ...requestErrors[code] }));
  const known = new Set(own.map(({ code }) => code));
  const byStatus = Map.groupBy([...own, ...others.filter(({ code }) => !known.has(code))], ({ status }) => status);
  const statuses = new Set([SUSPENDED.status, ...byStatus.keys()]);
  const responses: Record<number, ReturnType<typeof refusal>> = {};
  for (const status of statuses) {
    const suspended = status === SUSPENDED.status;
    responses[status] = refusal(byStatus.get(status) ?? [], headers[status] ?? [], suspended);
  }
  return responses;
}

function refusal(reasons: readonly Reason[], headers: readonly ResponseHeader[], suspended: boolean) {
  const codes = reasons.map((each) => each.code);
  const code = Type.Unsafe<string>({ type: 'string', enum: codes, description: 'The reason, for programs.' });
  const texts = reasons.map((each) => `\`${each.code}\`: ${each.text}`);
  const description = [...(suspended ? ['The account is suspended.'] : []), ...texts].join('\n\n');
  const examples = reasons.map(
    ({ code: each, text }) => [each, { value: { error: text, code: each, ...DETAILS[each] } }] as const,
  );
  const details = new Set(codes.flatMap((each) => Object.keys(DETAILS[each] ?? {})));
  const ownDetails = Object.fromEntries(Object.entries(errorDetails).filter(([name]) => details.has(name)));
  const isRequest = suspended || codes.some((each) => !WITHOUT_REQUEST.has(each));
  const mayComeAgain = reasons.some((each) => 'retryAfter' in each);
  const content: RefusalContent = {
    'application/json': {
      schema: Type.Unsafe(
        Type.Object({
          error,
          ...(codes.length > 0 && { code: suspended ? Type.Optional(code) : code }),
          ...ownDetails,
        }),
      ),
      examples: {
        ...(suspended && { suspended: { value: { error: SUSPENDED.text } } }),
        ...Object.fromEntries(examples),
      },
    },
  };
  const all: ResponseHeader[] = [...headers, ...(mayComeAgain ? (['Retry-After'] as const) : [])];
  return isRequest ? response(description, all, content) : { description, headers: named(all), content };
}

/** Lists headers by name only: components define them. */
function named(headers: readonly ResponseHeader[]): Partial<Record<ResponseHeader, object>> {
  return Object.fromEntries(headers.map((header) => [header, {}]));
}
