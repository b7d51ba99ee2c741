import createFetchClient from 'openapi-fetch';

import { pause, parseRetryAfter } from './backoff.ts';
import type { paths } from './generated/openapi.ts';
import { fetchExact, request, type RequestOptions } from './request.ts';
import { TracklyError } from './trackly-error.ts';
import type { CallOptions, Import, ImportOptions, RevenueOutcome, RevenueRecord } from './types.ts';

const PATIENCE_MS = 5 * 60_000;
const POLL_MS = 1_000;

/** Sums, which may have more digits than a number holds. */
const EXACT_FIELDS = ['total_revenue', 'removed_revenue'];

export interface ClientOptions {
  /** Where the API is, without /api/v2. */
  url: string;
  apiKey: string;
  /** How long a call goes on without a good answer, in milliseconds. Default: five minutes. */
  patienceMs?: number;
  /** Told of each attempt that failed, when another follows in `pauseMs`. */
  onRetry?: (error: TracklyError, pauseMs: number) => void;
}

/**
 * The API. Whatever is asked for has one effect, however often it has to be sent: broken connections, 408, 429 and 5xx
 * are tried again, later each time, and as late as Retry-After wants it. What the service says has the service's names.
 *
 * All calls throw TracklyError when they do not get what they are for.
 */
export interface TracklyClient {
  /** Imports up to 1,000 records, and returns when they are. Those that are refused one by one are in its `errors`. */
  importRevenue(records: readonly RevenueRecord[], options?: ImportOptions): Promise<RevenueOutcome>;
  /** Tells how far an import is. */
  getImport(importId: string, options?: CallOptions): Promise<Import>;
  /** Takes an import back, and returns when none of its revenue is left. */
  undoImport(importId: string, options?: CallOptions): Promise<Import>;
}

/** A client of the API; it connects on first use. */
export function createClient({ url, apiKey, patienceMs = PATIENCE_MS, onRetry }: ClientOptions): TracklyClient {
  const api = createFetchClient<paths, 'application/json'>({
    baseUrl: url,
    headers: { 'x-api-key': apiKey },
    // It would take the key to who knows where, and turn POST into GET.
    redirect: 'manual',
    fetch: (input) => fetchExact(input, EXACT_FIELDS),
  });
  const settings = { url, patienceMs, onRetry };

  async function readImport(importId: string, options: AskingOptions): Promise<Import> {
    const { data } = await request(
      (attempt) =>
        api.GET('/api/v2/history/imports/{import_id}', { params: { path: { import_id: importId } }, ...attempt }),
      { ...settings, ...options, isDocumented: hasFields('status') },
    );
    return data;
  }

  /** Asks for the state of an import, as often as the answer 202 said, until something can be made of it. */
  async function follow<T>(
    accepted: Response,
    importId: string,
    options: AskingOptions,
    endOf: (state: Import) => T | undefined,
  ): Promise<T> {
    const pauseMs = parseRetryAfter(accepted) || POLL_MS;
    for (;;) {
      await pause(pauseMs, options.signal);
      const end = endOf(await readImport(importId, options));
      if (end) return end;
    }
  }

  return {
    async importRevenue(records, options = {}) {
      const { idempotencyKey = crypto.randomUUID(), dryRun = false, atomic = false, signal } = options;
      const importing = { idempotencyKey, isDryRun: dryRun };
      const { data, response } = await request(
        (attempt) =>
          api.POST('/api/v2/history/revenue', {
            params: { query: { dry_run: dryRun, atomic } },
            headers: { 'idempotency-key': idempotencyKey },
            body: { records: [...records] },
            ...attempt,
          }),
        { ...settings, signal, importing, isDocumented: isOutcomeOrProcessing },
      );
      const replayed = response.headers.get('idempotent-replayed') === 'true';
      if ('total_revenue' in data) {
        return { ...data, import_id: response.headers.get('x-import-id') ?? '', replayed };
      }

      const importId = data.import_id;
      const followed = { signal, importing: { ...importing, importId } };
      const outcome = await follow(response, importId, followed, ({ status, result }) => {
        if (status === 'undoing' || status === 'undone') throw undone(importId, idempotencyKey);
        return result;
      });
      return { ...outcome, import_id: importId, replayed };
    },

    getImport: (importId, { signal } = {}) => readImport(importId, { signal }),

    async undoImport(importId, { signal } = {}) {
      const { data, response } = await request(
        (attempt) =>
          api.DELETE('/api/v2/history/imports/{import_id}', { params: { path: { import_id: importId } }, ...attempt }),
        { ...settings, signal, isDocumented: hasFields('status') },
      );
      if ('created_at' in data) return data;
      return follow(response, importId, { signal }, (state) => (state.status === 'undone' ? state : undefined));
    },
  };
}

type AskingOptions = Pick<RequestOptions, 'signal' | 'importing'>;

function hasFields(...fields: string[]): (data: unknown) => boolean {
  return (data) => typeof data === 'object' && data !== null && fields.every((field) => field in data);
}

const isOutcome = hasFields('success_count', 'error_count', 'total_revenue', 'errors');
const isProcessing = hasFields('import_id', 'status_url');

function isOutcomeOrProcessing(data: unknown): boolean {
  return isOutcome(data) || isProcessing(data);
}

function undone(importId: string, idempotencyKey: string): TracklyError {
  const message = 'The import was undone meanwhile: to import its records again, send them with a new idempotencyKey.';
  return new TracklyError(message, { code: 'import_undone', importId, idempotencyKey });
}
