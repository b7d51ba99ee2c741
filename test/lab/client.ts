import { gzipSync } from 'node:zlib';

import { HANGS_AFTER_MS } from '../support/limits.ts';
import type { Product } from './product.ts';
import { PATHS, type LabRequest } from './requests/request.ts';

/** What the product may keep a client waiting: SYNC_WAIT_MS, and time to answer. */
const LONGEST_ATTEMPT_MS = 40_000;
/** What clients do that have waited long enough: they complain. */
const GIVE_UP_MS = 600_000;
const LONGEST_PAUSE_MS = 1_000;
const PAUSE_MS = 100;

const RETRIED_STATUSES = new Set([429, 500, 503]);

/** One try at a request, or one look at its import. */
export interface Attempt {
  status: number | 'lost';
  ms: number;
  /** Of a refusal. */
  code?: string;
}

/** What clients need of the product. */
export type Reach = Pick<Product, 'url' | 'signal' | 'within' | 'last'>;

/** What became of a request, as its client saw it. */
export interface Sent {
  request: LabRequest;
  attempts: Attempt[];
  /** As `X-Import-Id`, the 202 and the status said; more than one would be wrong. */
  importIds: Set<string>;
  /** Bodies of 200, and results of imports that were answered 202: JSON. */
  answers: string[];
  /** From the first attempt to the first answer; undefined if the client gave up. */
  ms: number | undefined;
  /** Whether its import was undone afterwards: then none of its rows may be left. */
  isUndone?: boolean;
}

export interface ClientOptions {
  /** Where to send it. Default: through the balancer. */
  url?: string | undefined;
  /** False: no Idempotency-Key, and no second attempt when it is unknown what became of the first. Default: true. */
  keyed?: boolean | undefined;
  /** False: is content with 202, and does not ask what came of it. Default: true. */
  waits?: boolean | undefined;
  /** True: the body is sent compressed. Default: false. */
  isCompressed?: boolean | undefined;
  /** Default: as many as it takes. */
  maxAttempts?: number | undefined;
  /** How often the request is sent again once it has its answer. Default: 0. */
  repeats?: number | undefined;
  onAttempt?: (attempt: Attempt) => void;
}

/**
 * Sends a request as a careful client does: again, with the same key, after a lost connection, 429, 500 or 503, and
 * follows a 202 until there is a result.
 *
 * @throws when the product hangs, or answers in a way that no careful client deserves
 */
export async function sendRequest(product: Reach, request: LabRequest, options: ClientOptions = {}): Promise<Sent> {
  const { url: baseUrl = product.url, keyed = true, waits = true, isCompressed = false } = options;
  const { maxAttempts = Infinity, repeats = 0 } = options;
  const body = isCompressed ? gzipSync(request.body) : request.body;
  const sent: Sent = { request, attempts: [], importIds: new Set(), answers: [], ms: undefined };
  const startedAt = performance.now();
  let posts = 0;

  /** Undefined when the connection was lost. */
  async function attempt(url: string, init: RequestInit): Promise<Reply | undefined> {
    const attemptedAt = performance.now();
    const reply = await exchange(product, url, init);
    const result: Attempt = { status: reply?.status ?? 'lost', ms: Math.round(performance.now() - attemptedAt) };
    if (reply?.status === 503) result.code = refusalCode(reply);
    sent.attempts.push(result);
    options.onAttempt?.(result);
    product.within(LONGEST_ATTEMPT_MS, result.ms, 'An answer');
    if (performance.now() - startedAt > GIVE_UP_MS * (repeats + 1)) throw new Error(describe(sent, 'never answered'));
    return reply;
  }

  function post(): Promise<Reply | undefined> {
    posts += 1;
    return attempt(baseUrl + PATHS[request.kind], {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': request.account.apiKey,
        'x-request-id': `${request.key}.${posts}`,
        ...(keyed && { 'idempotency-key': request.key }),
        ...(!waits && { prefer: 'respond-async' }),
        ...(isCompressed && { 'content-encoding': 'gzip' }),
      },
      body,
    });
  }

  /** Follows the import of a 202 to its end. */
  async function follow(reply: Reply): Promise<string> {
    const location = baseUrl + (reply.headers.get('location') ?? '');
    let last: Reply | undefined = reply;
    for (;;) {
      await pause(product, last);
      last = await attempt(location, { headers: { 'x-api-key': request.account.apiKey } });
      if (!last || RETRIED_STATUSES.has(last.status)) continue;
      const state = parse(last.text);
      if (last.status !== 200 || !('status' in state)) throw new Error(describe(sent, last.text));
      if ('import_id' in state) sent.importIds.add(String(state.import_id));
      if ('result' in state) return JSON.stringify(state.result);
    }
  }

  for (let answers = 0; answers <= repeats;) {
    if (posts >= maxAttempts) return sent;
    const reply = await post();
    if ((!reply || reply.status === 500) && !keyed) return sent;
    if (!reply || RETRIED_STATUSES.has(reply.status)) {
      await pause(product, reply);
      continue;
    }
    const importId = reply.headers.get('x-import-id');
    if (importId) sent.importIds.add(importId);
    if (reply.status !== 200 && reply.status !== 202) throw new Error(describe(sent, reply.text));
    if (reply.status === 200) sent.answers.push(reply.text);
    else if (waits) sent.answers.push(await follow(reply));
    sent.ms ??= Math.round(performance.now() - startedAt);
    answers += 1;
  }
  return sent;
}

/** What a server answered. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

/** Undefined when the connection was lost. Throws when the product hangs. */
export async function exchange(
  product: Pick<Reach, 'signal'>,
  url: string,
  init: RequestInit,
): Promise<Reply | undefined> {
  const timeout = AbortSignal.timeout(HANGS_AFTER_MS);
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.any([timeout, product.signal]) });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (product.signal.aborted) throw product.signal.reason;
    if (timeout.aborted)
      throw new Error(`A hang: no answer from ${url} within ${HANGS_AFTER_MS / 1000} s.`, { cause: error });
    return undefined;
  }
}

/** As long as the reply asks for, if that is less than a second. */
export async function pause(product: Pick<Reach, 'last'>, reply: Reply | undefined): Promise<void> {
  const seconds = reply?.headers.get('retry-after');
  await product.last(seconds ? Math.min(Number(seconds) * 1000, LONGEST_PAUSE_MS) : PAUSE_MS);
}

/** The code of a refusal; its text when there is none. */
export function refusalCode({ text }: Pick<Reply, 'text'>): string {
  const answer = parse(text);
  return 'code' in answer ? String(answer.code) : text;
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function describe({ request, attempts }: Sent, what: string): string {
  const statuses = attempts.slice(-10).map(({ status, ms }) => `${status} after ${ms} ms`);
  return `Request ${request.key} (${statuses.join(', ')}): ${what}`;
}
