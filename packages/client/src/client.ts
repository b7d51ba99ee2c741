import createFetchClient from 'openapi-fetch';

import { pause, parseRetryAfter } from './backoff.ts';
import { isAccepted, isContactPage, isErrorPage, isImport, isImportPage, isReport, isResult } from './documented.ts';
import type { paths } from './generated/openapi.ts';
import { toJsonBody } from './json-body.ts';
import { exactFields, kinds, type ImportKind, type ImportRecord, isGone } from './kinds.ts';
import { parseNotices, sourceHeaders } from './headers.ts';
import { pagesOf } from './pages.ts';
import { fetchExact, request, type RequestOptions } from './request.ts';
import { TracklyError } from './trackly-error.ts';
import type {
  CallOptions,
  ContactPage,
  ContactQuery,
  Import,
  ImportError,
  ImportFilters,
  ImportOutcome,
  ImportOptions,
  ListedImport,
  RevenueReport,
  RevenueReportQuery,
} from './types.ts';

const PATIENCE_MS = 5 * 60_000;
const POLL_MS = 1_000;

/** The largest pages that the API returns. */
const IMPORTS_PER_PAGE = 100;
const ERRORS_PER_PAGE = 1_000;

const IMPORT = '/api/v2/history/imports/{import_id}';

export interface ClientOptions {
  /** Address of the API, without /api/v2. */
  url: string;
  apiKey: string;
  /** How to send a request, in place of the global `fetch`: through a proxy, for instance. */
  fetch?: (request: Request) => Promise<Response>;
  /** The proxy that `fetch` uses, as messages are to name it. */
  proxy?: string;
  /** How long a call retries failed requests, in milliseconds. Default: five minutes. */
  patienceMs?: number;
  /** Called after each failed attempt that is retried, with the milliseconds until the retry. */
  onRetry?: (error: TracklyError, pauseMs: number) => void;
}

/**
 * A client of the API. Retries broken connections, timeouts, 408, 429, 500 and 502 to 504 with exponential backoff, not
 * earlier than Retry-After says. A request has one effect, however often it is sent. Fields of results have the names
 * of the API.
 *
 * All calls throw TracklyError if they fail.
 */
export interface TracklyClient {
  /** Imports up to 1,000 records, and returns when the import is completed. `errors` lists the rejected records. */
  importRecords<Kind extends ImportKind>(
    kind: Kind,
    records: readonly ImportRecord<Kind>[],
    options?: ImportOptions,
  ): Promise<ImportOutcome<Kind>>;
  /** Reads the state of an import. */
  getImport(importId: string, options?: CallOptions): Promise<Import>;
  /** Lists the account's imports, the latest first. */
  listImports(filters?: ImportFilters, options?: CallOptions): AsyncGenerator<ListedImport, void>;
  /** Lists all rejected records of a completed import, and those with a warning, in the order of the request. */
  importErrors(importId: string, options?: CallOptions): AsyncGenerator<ImportError, void>;
  /**
   * Undoes an import, and returns when all of its records are removed. If others refer to what it has made, it stays, and
   * the call throws a TracklyError with the code `import_in_use`, which has `inUse`.
   */
  undoImport(importId: string, options?: CallOptions): Promise<Import>;
  /** Adds up revenue. Returns one page; pass its `next_cursor` as `cursor` to read the next. */
  reportRevenue(query: RevenueReportQuery, options?: CallOptions): Promise<RevenueReport>;
  /** Lists contacts with their stats, the latest sign-up first. Returns one page. */
  listContacts(query?: ContactQuery, options?: CallOptions): Promise<ContactPage>;
}

/** Creates a client of the API. It connects on first use. */
export function createClient({
  url,
  apiKey,
  fetch: send,
  proxy,
  patienceMs = PATIENCE_MS,
  onRetry,
}: ClientOptions): TracklyClient {
  const clientOptions = {
    baseUrl: url,
    headers: { 'x-api-key': apiKey },
    // Following a redirect would send the key to another server, and turn POST into GET.
    redirect: 'manual',
    fetch: (input: Request) => fetchExact(input, exactFields, send),
  } as const;
  const api = createFetchClient<paths, 'application/json'>(clientOptions);
  const importsApi = createFetchClient<ImportPaths, 'application/json'>(clientOptions);
  const settings = { url, proxy, patienceMs, onRetry };

  async function readImport(importId: string, options: AskingOptions): Promise<Import> {
    const params = { path: { import_id: importId } };
    const { data } = await request((attempt) => api.GET(IMPORT, { params, ...attempt }), {
      ...settings,
      isDocumented: isImport,
      ...options,
    });
    return data;
  }

  /** Polls the state of an import, at the interval of the 202's Retry-After, until `endOf` returns a value. */
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
    async importRecords(kind, records, options = {}) {
      const { idempotencyKey = crypto.randomUUID(), dryRun = false, atomic = false, signal } = options;
      const importing = { idempotencyKey, isDryRun: dryRun };
      const { path, list } = kinds[kind];
      const body = { [list]: records };
      // Serialize and compress once for all attempts.
      const { bytes, headers } = await toJsonBody(body);
      const { data, response } = await request(
        (attempt) =>
          importsApi.POST(path, {
            params: { query: { ...(dryRun && { dry_run: true }), ...(atomic && { atomic: true }) } },
            headers: { 'idempotency-key': idempotencyKey, ...sourceHeaders(options), ...headers },
            body,
            bodySerializer: () => bytes,
            ...attempt,
          }),
        { ...settings, signal, importing, isDocumented: (answer) => isAccepted(answer) || isResult(kind, answer) },
      );
      const replayed = response.headers.get('idempotent-replayed') === 'true';
      if (!isAccepted(data)) {
        const notices = parseNotices(response);
        return { ...data, import_id: response.headers.get('x-import-id') ?? '', replayed, notices };
      }

      const importId = data.import_id;
      const following = {
        signal,
        importing: { ...importing, importId },
        // Without a result it goes on; one that cannot be read will not change.
        isDocumented: (state: unknown): state is Import =>
          isImport(state) && (state.result === undefined || isResult(kind, state.result)),
      };
      const outcome = await follow(response, importId, following, ({ status, result, notices = {} }) => {
        if (isGone(kind, status)) throw undone(importId, idempotencyKey);
        return isResult(kind, result) ? { ...result, notices } : undefined;
      });
      return { ...outcome, import_id: importId, replayed };
    },

    getImport: (importId, { signal } = {}) => readImport(importId, { signal }),

    async *listImports(filters = {}, { signal } = {}) {
      const pages = pagesOf(async (start) => {
        const params = { query: { ...filters, limit: IMPORTS_PER_PAGE, ...start } };
        const { data } = await request((attempt) => api.GET('/api/v2/history/imports', { params, ...attempt }), {
          ...settings,
          signal,
          isDocumented: isImportPage,
        });
        return data;
      });
      for await (const { imports } of pages) yield* imports;
    },

    async *importErrors(importId, { signal } = {}) {
      const pages = pagesOf(async (start) => {
        const params = { path: { import_id: importId }, query: { limit: ERRORS_PER_PAGE, ...start } };
        const { data } = await request(
          // Return records as they were sent, even if a field has the name of a total.
          (attempt) =>
            api.GET(`${IMPORT}/errors`, { params, fetch: (input) => fetchExact(input, [], send), ...attempt }),
          { ...settings, signal, isDocumented: isErrorPage },
        );
        return data;
      });
      for await (const { errors } of pages) yield* errors;
    },

    async undoImport(importId, { signal } = {}) {
      const params = { path: { import_id: importId } };
      const { data, response } = await request((attempt) => api.DELETE(IMPORT, { params, ...attempt }), {
        ...settings,
        signal,
        isDocumented: (answer) => isImport(answer) || isAccepted(answer),
      });
      if (isImport(data)) return data;
      return follow(response, importId, { signal }, (state) => {
        if (state.refused_undo) throw inUse(importId, state.refused_undo.in_use);
        return state.status === 'undone' ? state : undefined;
      });
    },

    async reportRevenue(query, { signal } = {}) {
      const { data } = await request(
        (attempt) =>
          api.GET('/api/v2/reports/revenue', {
            params: { query },
            fetch: (input) => fetchExact(input, ['revenue', 'payout'], send),
            ...attempt,
          }),
        { ...settings, signal, isDocumented: isReport },
      );
      return data;
    },

    async listContacts(query = {}, { signal } = {}) {
      const { data } = await request(
        (attempt) =>
          api.GET('/api/v2/contacts', {
            params: { query },
            fetch: (input) => fetchExact(input, ['revenue_total'], send),
            ...attempt,
          }),
        { ...settings, signal, isDocumented: isContactPage },
      );
      return data;
    },
  };
}

/** The type of the operations that import records, for any kind. */
type ImportPaths = Record<
  `/${string}`,
  {
    post: {
      parameters: { query?: { dry_run?: boolean; atomic?: boolean } };
      requestBody: { content: { 'application/json': object } };
      responses: { 200: { content: { 'application/json': unknown } } };
    };
  }
>;

type AskingOptions = Pick<RequestOptions<Import>, 'signal' | 'importing'> &
  Partial<Pick<RequestOptions<Import>, 'isDocumented'>>;

function inUse(importId: string, references: Readonly<Record<string, number>>): TracklyError {
  const message = 'Others refer to what the import has made, so nothing is undone: undo those first.';
  return new TracklyError(message, { code: 'import_in_use', importId, inUse: references });
}

function undone(importId: string, idempotencyKey: string): TracklyError {
  const message = 'The import was undone meanwhile: to import its records again, send them with a new idempotencyKey.';
  return new TracklyError(message, { code: 'import_undone', importId, idempotencyKey });
}
