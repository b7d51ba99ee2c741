import { parseRetryAfter } from './backoff.ts';

/** Why one attempt at a request brought nothing. */
export interface Failure {
  code: string;
  /** What happened and what to do about it, without the full stop. */
  message: string;
  /** Whether another attempt may bring more. */
  isPassing: boolean;
  /** Whether the service may have done what was asked all the same. */
  mayBeDone: boolean;
  retryAfterMs?: number | undefined;
  status?: number;
  requestId?: string | undefined;
  cause?: unknown;
}

/** Codes of Node and of its fetch, undici, for connections that were never made, so nothing has been sent on them. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a rejection of `fetch` means. */
export function connectionFailure(url: string, error: unknown): Failure {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (NOT_CONNECTED.has(code)) {
    return {
      code: 'no_connection',
      message: `There is no connection to ${url} (${code}): check the url, and that the service runs`,
      isPassing: true,
      mayBeDone: false,
      cause,
    };
  }
  const reason = (cause instanceof Error ? cause.message : String(cause)) || code;
  return {
    code: 'connection_broken',
    message: `The connection to ${url} broke (${reason}): see whether the service is still running`,
    isPassing: true,
    mayBeDone: true,
    cause,
  };
}

export function timeoutFailure(url: string, seconds: number): Failure {
  return {
    code: 'timeout',
    message: `${url} did not answer within ${seconds} s: see whether the service is still running`,
    isPassing: true,
    mayBeDone: true,
  };
}

/** The call was ended from outside. */
export function abortFailure({ reason }: AbortSignal, mayBeDone: boolean): Failure {
  return {
    code: 'aborted',
    message: `Aborted (${String(reason)})${mayBeDone ? ' on the way: call again to be sure' : ''}`,
    isPassing: false,
    mayBeDone,
    cause: reason,
  };
}

/** The answer is a success, but not one of this service. */
export function unexpectedAnswer(response?: Response): Failure {
  return {
    code: 'unexpected_answer',
    message: 'The answer is not the documented one: check the url',
    isPassing: false,
    mayBeDone: true,
    ...(response && { status: response.status, requestId: requestIdOf(response) }),
  };
}

/** Timeouts, too much to do, and what broke inside, here or at a proxy: every request can be sent again safely. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** Of a 5xx that says that nothing was accepted. */
const NOTHING_ACCEPTED = new Set(['overloaded', 'unavailable']);

const ADVICE: Partial<Record<number, string>> = {
  401: 'check the API key',
  403: 'ask the operator of the service',
  404: 'check the url, and the import id if there is one',
  413: 'send fewer records in a request',
};

/** What an answer means that is no success. A 4xx refuses the whole request; after a 5xx little is certain. */
export function refusal(response: Response, body: unknown): Failure {
  const { status, headers } = response;
  const { error, code } = refusalIn(body);
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  const advice = location === null ? ADVICE[status] : `use that address as the url: ${location}`;
  return {
    code: code ?? `http_${status}`,
    message: `The service answered ${status}${error ? ` "${error}"` : ''}${advice ? `: ${advice}` : ''}`,
    isPassing: PASSING.has(status),
    mayBeDone: status >= 500 && !NOTHING_ACCEPTED.has(code ?? ''),
    retryAfterMs: parseRetryAfter(response),
    status,
    requestId: requestIdOf(response),
  };
}

function requestIdOf({ headers }: Response): string | undefined {
  return headers.get('x-request-id') ?? undefined;
}

/** What a body says; proxies have others. */
function refusalIn(body: unknown): { error?: string; code?: string } {
  if (typeof body !== 'object' || body === null) return {};
  return {
    ...('error' in body && typeof body.error === 'string' && { error: body.error }),
    ...('code' in body && typeof body.code === 'string' && { code: body.code }),
  };
}
