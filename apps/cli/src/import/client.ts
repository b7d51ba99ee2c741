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

  /** Asks until there is an outcome. To ask again is harmless, so trouble in between is waited out. */
  async function follow(statusUrl: string, pauseMs: number): Promise<Outcome> {
    let deadline = Date.now() + patienceMs;
    for (;;) {
      await delay(pauseMs);
      try {
        const { response, body } = await request(statusUrl, { method: 'GET' });
        if (response.status !== 200 || !isState(body)) throw refusal(response, errorOf(body));
        if (body.result) return body.result;
        deadline = Date.now() + patienceMs;
      } catch (error) {
        if (error instanceof RequestError && Date.now() < deadline) continue;
        const reason = error instanceof Error ? error.message : String(error);
        throw new RequestError(`${reason} The outcome of an accepted request will be at ${statusUrl}.`, {
          mayBeImported: true,
        });
      }
    }
  }

  return {
    async importRevenue(records) {
      const { response, body } = await request(PATH, { method: 'POST', body: JSON.stringify({ records }) });
      if (response.status === 200 && isOutcome(body)) return body;
      if (response.status === 202 && isProcessing(body)) return follow(body.status_url, retryAfterMs(response));
      throw refusal(response, errorOf(body));
    },
  };
}

function errorOf(body: unknown): string | undefined {
  return isError(body) ? body.error : undefined;
}

/** When to ask for the first time, and how often; a second when the header is absent or a date. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 1);
  return seconds > 0 ? Math.min(seconds, 30) * 1000 : 1000;
}
