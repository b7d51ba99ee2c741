/** A request did not bring the outcome of its records. */
export class RequestError extends Error {
  /** False when it is certain that none of the records is imported, now or later. */
  readonly mayBeImported: boolean;

  constructor(message: string, { mayBeImported }: { mayBeImported: boolean }) {
    super(message);
    this.mayBeImported = mayBeImported;
  }
}

/** Codes of connections that were never made, so nothing has been sent on them. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What a rejection of `fetch` means. */
export function connectionError(url: string, error: unknown): RequestError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = (cause instanceof Error ? cause.message : String(cause)) || code;
  return NOT_CONNECTED.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT'
    ? new RequestError(
        `There is no connection to ${url} (${code}): start the service with "npm start", or give its address with --url.`,
        { mayBeImported: false },
      )
    : new RequestError(`The connection to ${url} broke (${reason}): see whether the service is still running.`, {
        mayBeImported: true,
      });
}

const ADVICE: Partial<Record<number, string>> = {
  401: 'check --api-key; "trackly keys create" makes one',
  403: 'ask the operator of the service',
  404: 'check --url',
  413: 'use a smaller --batch-size',
};

/** What an answer means that carries no outcome. A 4xx refuses all records; after a 5xx nothing is certain. */
export function refusal(response: Response, reason: string | undefined): RequestError {
  const { status, headers } = response;
  const requestId = headers.get('x-request-id');
  const location = headers.get('location');
  const advice = status >= 300 && status < 400 ? `give that address with --url: ${location ?? '?'}` : ADVICE[status];
  const message =
    status === 200 || status === 202
      ? 'The answer is not the documented one: check --url'
      : `The service answered ${status}${reason ? ` "${reason}"` : ''}${advice ? `: ${advice}` : ''}`;
  return new RequestError(`${message}${requestId ? ` (request id ${requestId})` : ''}.`, {
    mayBeImported: status < 300 || status >= 500,
  });
}
