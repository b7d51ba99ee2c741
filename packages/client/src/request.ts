import { backoffMs, pause } from './backoff.ts';
import { quoteNumbers } from './exact-json.ts';
import {
  abortFailure,
  connectionFailure,
  longAnswer,
  refusal,
  timeoutFailure,
  unexpectedAnswer,
  type Failure,
} from './failure.ts';
import { readText } from './read-text.ts';
import { TracklyError } from './trackly-error.ts';

/** Longer than the service may take: 30 s for the request to arrive, 25 s for its outcome. */
const ATTEMPT_MS = 60_000;

/** An answer as openapi-fetch returns it. */
interface Fetched {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export interface Answer<T> {
  data: T;
  response: Response;
}

/** Makes one attempt. The signal aborts it. */
type Send = (attempt: { signal: AbortSignal }) => Promise<Fetched>;

/** The settings of all requests of a client. */
export interface RequestSettings {
  url: string;
  /** The proxy between, as messages name it. */
  proxy: string | undefined;
  /** How long to retry, in milliseconds. */
  patienceMs: number;
  onRetry: ((error: TracklyError, pauseMs: number) => void) | undefined;
}

export interface RequestOptions<T> extends RequestSettings {
  signal: AbortSignal | undefined;
  /** Whether an answer is the documented one. */
  isDocumented: (data: unknown) => data is T;
  /** Set for a request that imports records or reads their outcome. */
  importing?: Importing | undefined;
}

export interface Importing {
  idempotencyKey: string;
  isDryRun: boolean;
  /** Set once the import is accepted. */
  importId?: string;
}

/**
 * Sends a request until it is answered, a failure is permanent, or `patienceMs` is over. Only for requests that are
 * safe to send again.
 *
 * @throws TracklyError for the last failure
 */
export async function request<T>(send: Send, options: RequestOptions<T>): Promise<Answer<T>> {
  const { patienceMs, onRetry, signal, importing } = options;
  const deadline = performance.now() + patienceMs;
  let mayBeDone = false;
  for (let attempt = 0; ; attempt += 1) {
    const result = await tryOnce(send, options);
    if ('data' in result) return result;

    mayBeDone ||= result.mayBeDone;
    const error = toError({ ...result, mayBeDone }, attempt + 1, importing);
    const pauseMs = backoffMs(attempt, result.retryAfterMs);
    if (!result.isPassing || performance.now() + pauseMs > deadline) throw error;
    onRetry?.(error, pauseMs);
    await pause(pauseMs, signal);
  }
}

async function tryOnce<T>(send: Send, options: RequestOptions<T>): Promise<Answer<T> | Failure> {
  const { url, proxy, signal, isDocumented } = options;
  if (signal?.aborted) return abortFailure(signal, false);
  const timeLimit = new AbortController();
  const timer = setTimeout(() => timeLimit.abort(), ATTEMPT_MS);
  try {
    const { data, error, response } = await send({
      signal: signal ? AbortSignal.any([signal, timeLimit.signal]) : timeLimit.signal,
    });
    if (!response.ok) return refusal(response, error);
    return isDocumented(data) ? { data, response } : unexpectedAnswer(response);
  } catch (error) {
    if (error instanceof SyntaxError) return unexpectedAnswer();
    if (error instanceof LongAnswerError) return longAnswer(error.response);
    if (!(error instanceof FetchError)) throw error;
    if (signal?.aborted) return abortFailure(signal, true);
    return timeLimit.signal.aborted
      ? timeoutFailure(url, ATTEMPT_MS / 1000)
      : connectionFailure(url, error.cause, proxy);
  } finally {
    clearTimeout(timer);
  }
}

function toError(failure: Failure, attempts: number, importing: Importing | undefined): TracklyError {
  const { message, requestId, mayBeDone } = failure;
  const { idempotencyKey, importId, isDryRun = true } = importing ?? {};
  const text = [
    `${message}${requestId ? ` (request id ${requestId})` : ''}.`,
    ...(attempts > 1 ? [`Tried ${attempts} times.`] : []),
    ...(importId ? [`The outcome of the accepted import will be at /api/v2/history/imports/${importId}.`] : []),
  ].join(' ');
  const mayBeImported = !isDryRun && (importId !== undefined || mayBeDone);
  return new TracklyError(text, {
    ...failure,
    idempotencyKey,
    importId: importId ?? failure.importId,
    mayBeImported,
  });
}

/** There was no answer, or only part of one. */
class FetchError extends Error {}

/** The body of a success is too long to be read. */
class LongAnswerError extends Error {
  readonly response: Response;
  constructor(response: Response) {
    super('The answer is too long.');
    this.response = response;
  }
}

/**
 * Fetches like `fetch`, but turns the numbers in the given fields of the answer into strings.
 *
 * @param send what to use in place of `fetch`
 * @throws FetchError with the rejection of `fetch` as its cause; LongAnswerError
 */
export async function fetchExact(
  input: Request,
  exactFields: readonly string[],
  send: (request: Request) => Promise<Response> = fetch,
): Promise<Response> {
  try {
    const response = await send(input);
    const text = await readText(response);
    if (text === undefined && response.ok) throw new LongAnswerError(response);
    // Response does not allow a body with some status codes, not even an empty one.
    return new Response(text ? quoteNumbers(text, exactFields) : null, response);
  } catch (error) {
    if (error instanceof LongAnswerError) throw error;
    throw new FetchError('There is no answer.', { cause: error });
  }
}
