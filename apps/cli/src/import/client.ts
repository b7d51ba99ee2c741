import { setTimeout as delay } from 'node:timers/promises';

import { compile, ErrorResponse, ProcessingResponse, RevenueImportResponse } from '@trackly/contract';
import { Type, type Static } from '@sinclair/typebox';

import { parseExact } from './exact-json.ts';
import { connectionError, refusal, RequestError } from './request-error.ts';

const PATH = '/api/v2/history/revenue';

/** The documented answer, with the sum as a plain decimal. */
const Outcome = Type.Composite([
  Type.Omit(RevenueImportResponse, ['total_revenue']),
  Type.Object({ total_revenue: Type.String({ pattern: String.raw`^\d+(\.\d{1,4})?$` }) }),
]);
export type Outcome = Static<typeof Outcome>;

const isOutcome = compile(Outcome);
const isProcessing = compile(ProcessingResponse);
const isState = compile(Type.Object({ status: Type.String(), result: Type.Optional(Outcome) }));
const isError = compile(ErrorResponse);

/** A record with the names of the API; values as they are in the file. */
export type RawRecord = Record<string, string>;

export interface Client {
  /**
   * Sends records, once, and waits until they are imported.
   *
   * @throws RequestError when the answer is anything but their outcome
   */
  importRevenue(records: RawRecord[]): Promise<Outcome>;
}

export interface ClientOptions {
  /** Where the API is, without its path. */
  url: string;
  apiKey: string;
  /** How long to go on asking for an accepted import while there is no answer, in milliseconds. */
  patienceMs?: number;
}

interface Answer {
  response: Response;
  body: unknown;
}

/** A client of the API; it connects on first use. */
export function createClient({ url, apiKey, patienceMs = 60_000 }: ClientOptions): Client {
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };

  async function request(path: string, init: RequestInit): Promise<Answer> {
    try {
      // A redirect would take the key to who knows where, and turn POST into GET.
      const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
      return { response, body: parseExact(await response.text(), 'total_revenue') };
    } catch (error) {
      throw connectionError(url, error);
    }
  }

  /** Asking again is harmless, so trouble in between is waited out. */
  async function follow(statusUrl: string, accepted: Response): Promise<Outcome> {
    let pauseMs = retryAfterMs(accepted);
    let lastSign = Date.now();
    for (;;) {
      await delay(pauseMs);
      try {
        const { response, body } = await request(statusUrl, { method: 'GET' });
        if (response.ok && isState(body)) {
          if (body.result) return body.result;
          lastSign = Date.now();
        } else if (response.status < 500 && response.status !== 429) {
          throw new Error(refusal(response, errorOf(body)).message);
        }
        pauseMs = retryAfterMs(response);
      } catch (error) {
        const hasPatience = error instanceof RequestError && Date.now() - lastSign < patienceMs;
        if (!hasPatience) throw accepts(statusUrl, error);
      }
      if (Date.now() - lastSign > patienceMs) throw accepts(statusUrl, new Error('The service gives no answer.'));
    }
  }

  return {
    async importRevenue(records) {
      const { response, body } = await request(PATH, { method: 'POST', body: JSON.stringify({ records }) });
      if (response.status === 200 && isOutcome(body)) return body;
      if (response.status === 202 && isProcessing(body)) return follow(body.status_url, response);
      throw refusal(response, errorOf(body));
    },
  };
}

function accepts(statusUrl: string, cause: unknown): RequestError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RequestError(`${reason} A request was accepted whose outcome will be at ${statusUrl}.`, {
    mayBeImported: true,
  });
}

function errorOf(body: unknown): string | undefined {
  return isError(body) ? body.error : undefined;
}

/** A second when the header is absent or a date. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 1);
  return seconds > 0 ? Math.min(seconds, 30) * 1000 : 1000;
}
