import { setTimeout as delay } from 'node:timers/promises';

import { compile, ProcessingResponse, RevenueImportResponse } from '@trackly/contract';
import { Type } from '@sinclair/typebox';

import { CommandError } from '../command-error.ts';

/** The import could not go on. */
export const COULD_NOT_RUN = 2;

const isOutcome = compile(RevenueImportResponse);
const isProcessing = compile(ProcessingResponse);
const isState = compile(Type.Object({ status: Type.String(), result: Type.Optional(RevenueImportResponse) }));
const isError = compile(Type.Object({ error: Type.String() }));

/** What became of one request. */
export interface Answer {
  imported: number;
  rejected: number;
  /** Of the rejected ones that the answer lists. */
  codes: string[];
  /** A plain decimal. */
  totalRevenue: string;
}

/** A record with the names of the API; values as they are in the file. */
export type RawRecord = Record<string, string>;

export interface Client {
  /**
   * Sends records and waits until they are imported.
   *
   * @throws CommandError when the answer is anything but their outcome
   */
  importRevenue(records: RawRecord[]): Promise<Answer>;
}

/** Connects to the API at an address, with a key. */
export function createClient(url: string, apiKey: string): Client {
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };

  async function request(path: string, body?: string): Promise<{ response: Response; text: string }> {
    try {
      const response = await fetch(new URL(path, url), {
        method: body ? 'POST' : 'GET',
        headers,
        ...(body && { body }),
      });
      return { response, text: await response.text() };
    } catch (cause) {
      const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
      throw new CommandError(`${url} does not answer (${reason}): is the service running?`, COULD_NOT_RUN);
    }
  }

  async function followUp(statusUrl: string, retryAfterSeconds: number): Promise<string> {
    await delay(retryAfterSeconds * 1000);
    const { response, text } = await request(statusUrl);
    const state: unknown = parseJson(text);
    if (!response.ok || !isState(state)) throw refused(response, state);
    return state.result ? text.slice(text.indexOf('"result":')) : followUp(statusUrl, retryAfterSeconds);
  }

  return {
    async importRevenue(records) {
      const { response, text } = await request('/api/v2/history/revenue', JSON.stringify({ records }));
      const body: unknown = parseJson(text);
      if (response.status === 202 && isProcessing(body)) {
        const result = await followUp(body.status_url, Number(response.headers.get('retry-after') ?? 1));
        return toAnswer(result.slice('"result":'.length, -1));
      }
      if (!response.ok || !isOutcome(body)) throw refused(response, body);
      return toAnswer(text);
    },
  };
}

/** From the text: a sum may have more digits than a number that was parsed. */
function toAnswer(text: string): Answer {
  const outcome: unknown = parseJson(text);
  const totalRevenue = /"total_revenue":(\d+(?:\.\d+)?)/.exec(text)?.[1];
  if (!isOutcome(outcome) || !totalRevenue)
    throw new CommandError(`This is not the documented answer: ${text}`, COULD_NOT_RUN);
  return {
    imported: outcome.success_count,
    rejected: outcome.error_count,
    codes: outcome.errors.map(({ code }) => code),
    totalRevenue,
  };
}

function refused(response: Response, body: unknown): CommandError {
  const reason = isError(body) ? body.error : `HTTP ${response.status}`;
  const requestId = response.headers.get('x-request-id') ?? 'unknown';
  return new CommandError(`The service refused a request: ${reason} (request id ${requestId})`, COULD_NOT_RUN);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
