import { parseRetryAfter } from './backoff.ts';
import { LONGEST_ANSWER } from './read-text.ts';

/** Why one attempt at a request failed. */
export interface Failure {
  code: string;
  /** What happened and what to do about it, without a full stop. */
  message: string;
  /** Whether a retry may succeed. */
  isPassing: boolean;
  /** Whether the service may have carried out the request nevertheless. */
  mayBeDone: boolean;
  retryAfterMs?: number | undefined;
  status?: number;
  requestId?: string | undefined;
  /** The earlier import for which the service refuses the request. */
  importId?: string | undefined;
  importName?: string | undefined;
  /** What keeps the import from being undone. */
  inUse?: Readonly<Record<string, number>> | undefined;
  cause?: unknown;
}

/** Error codes of Node and its fetch (undici) for connections that were not established: nothing was sent on them. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Classifies a rejection of `fetch`. */
export function connectionFailure(url: string, error: unknown, proxy?: string): Failure {
  const to = proxy === undefined ? url : `${url} through the proxy ${proxy}`;
  const check = proxy === undefined ? 'the url' : 'the address of the proxy, the url';
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (NOT_CONNECTED.has(code)) {
    return {
      code: 'no_connection',
      message: `There is no connection to ${to} (${code}): check ${check}, and that the service is running`,
      isPassing: true,
      mayBeDone: false,
      cause,
    };
  }
  const reason = (cause instanceof Error ? cause.message : String(cause)) || code;
  return {
    code: 'connection_broken',
    message: `The connection to ${to} broke (${reason}): check that the service is still running`,
    isPassing: true,
    mayBeDone: true,
    cause,
  };
}

export function timeoutFailure(url: string, seconds: number): Failure {
  return {
    code: 'timeout',
    message: `${url} did not answer within ${seconds} s: check that the service is still running`,
    isPassing: true,
    mayBeDone: true,
  };
}

/** The caller has aborted the call. */
export function abortFailure({ reason }: AbortSignal, mayBeDone: boolean): Failure {
  return {
    code: 'aborted',
    message: `Aborted (${String(reason)})${mayBeDone ? ' after the request was sent: call again to be sure of its effect' : ''}`,
    isPassing: false,
    mayBeDone,
    cause: reason,
  };
}

/** The answer is a success, but does not come from this service. */
export function unexpectedAnswer(response?: Response): Failure {
  return {
    code: 'unexpected_answer',
    message: 'The answer is not one of this API: check the url',
    isPassing: false,
    mayBeDone: true,
    ...(response && { status: response.status, requestId: requestIdOf(response) }),
  };
}

/** The answer is a success, but too long to be read. */
export function longAnswer(response: Response): Failure {
  const bound = `${LONGEST_ANSWER / 1024 ** 2} MiB`;
  return {
    code: 'answer_too_long',
    message: `The answer is longer than ${bound}: check the url; of a report, ask for fewer rows at a time (limit)`,
    isPassing: false,
    mayBeDone: true,
    status: response.status,
    requestId: requestIdOf(response),
  };
}

/** Status codes to retry: timeouts, overload, and internal failures, of the service or of a proxy. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** Codes of a 5xx with which certainly nothing was accepted. */
const NOTHING_ACCEPTED = new Set(['overloaded', 'unavailable']);

const ADVICE: Partial<Record<number, string>> = {
  401: 'check the API key',
  403: 'ask the operator of the service',
  407: 'give user and password in the address of the proxy',
  404: 'check the url, and the import id if there is one',
  413: 'send fewer records in a request',
};

/** Codes whose text says already what to do. */
const NEEDS_NO_ADVICE = new Set(['quota_exceeded']);

/**
 * Classifies an answer that is not a success. A 4xx refuses the whole request; after a 5xx, its effect is uncertain.
 */
export function refusal(response: Response, body: unknown): Failure {
  const { status, headers } = response;
  const { error, code, importId, importName, inUse } = refusalIn(body);
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  const usual = NEEDS_NO_ADVICE.has(code ?? '') ? undefined : ADVICE[status];
  const advice = location === null ? usual : `use that address as the url: ${location}`;
  return {
    code: code ?? `http_${status}`,
    message: `The service answered ${status}${error ? ` "${error}"` : ''}${advice ? `: ${advice}` : ''}`,
    isPassing: PASSING.has(status),
    mayBeDone: status >= 500 && !NOTHING_ACCEPTED.has(code ?? ''),
    retryAfterMs: parseRetryAfter(response),
    status,
    requestId: requestIdOf(response),
    importId,
    importName,
    inUse,
  };
}

function requestIdOf({ headers }: Response): string | undefined {
  return headers.get('x-request-id') ?? undefined;
}

interface RefusalFields extends Pick<Failure, 'importId' | 'importName' | 'inUse'> {
  error?: string;
  code?: string;
}

/** Reads the fields of a refusal from a body. The bodies of proxies lack them. */
function refusalIn(body: unknown): RefusalFields {
  if (typeof body !== 'object' || body === null) return {};
  return {
    ...('error' in body && typeof body.error === 'string' && { error: body.error }),
    ...('code' in body && typeof body.code === 'string' && { code: body.code }),
    ...('import_id' in body && typeof body.import_id === 'string' && { importId: body.import_id }),
    ...('import_name' in body && typeof body.import_name === 'string' && { importName: body.import_name }),
    ...('in_use' in body && isCounts(body.in_use) && { inUse: body.in_use }),
  };
}

function isCounts(value: unknown): value is Record<string, number> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((count) => typeof count === 'number')
  );
}
