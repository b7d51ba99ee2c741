import createFetchClient from 'openapi-fetch';

import { pause, parseRetryAfter } from './backoff.ts';
import { isAccepted, isErrorPage, isImport, isImportPage, isReport, isResult } from './documented.ts';
import type { paths } from './generated/openapi.ts';
import { toJsonBody } from './json-body.ts';
import { exactFields, kinds, type ImportKind, type ImportRecord } from './kinds.ts';
import { fetchExact, request, type RequestOptions } from './request.ts';
import { TracklyError } from './trackly-error.ts';
import type {
  CallOptions,
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

/** The longest pages there are. */
const IMPORTS_PER_PAGE = 100;
const ERRORS_PER_PAGE = 1_000;

const IMPORT = '/api/v2/history/imports/{import_id}';

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
  importRecords<Kind extends ImportKind>(
    kind: Kind,
    records: readonly ImportRecord<Kind>[],
    options?: ImportOptions,
  ): Promise<ImportOutcome<Kind>>;
  /** Tells how far an import is. */
  getImport(importId: string, options?: CallOptions): Promise<Import>;
  /** Gives the account's imports, the latest first. */
  listImports(filters?: ImportFilters, options?: CallOptions): AsyncGenerator<ListedImport, void>;
  /** Gives every record that a completed import has not imported, in their order in the request. */
  importErrors(importId: string, options?: CallOptions): AsyncGenerator<ImportError, void>;
  /** Takes an import back, and returns when nothing that it saved is left. */
  undoImport(importId: string, options?: CallOptions): Promise<Import>;
  /** Adds up revenue. Gives one page; its `next_cursor` as the `cursor` of another query goes on. */
  reportRevenue(query: RevenueReportQuery, options?: CallOptions): Promise<RevenueReport>;
}

/** A client of the API; it connects on first use. */
export function createClient({ url, apiKey, patienceMs = PATIENCE_MS, onRetry }: ClientOptions): TracklyClient {
  const clientOptions = {
    baseUrl: url,
    headers: { 'x-api-key': apiKey },
    // It would take the key to who knows where, and turn POST into GET.
    redirect: 'manual',
    fetch: (input: Request) => fetchExact(input, exactFields),
  } as const;
  const api = createFetchClient<paths, 'application/json'>(clientOptions);
  const importsApi = createFetchClient<ImportPaths, 'application/json'>(clientOptions);
  const settings = { url, patienceMs, onRetry };

  async function readImport(importId: string, options: AskingOptions): Promise<Import> {
    const params = { path: { import_id: importId } };
    const { data } = await request((attempt) => api.GET(IMPORT, { params, ...attempt }), {
      ...settings,
      ...options,
      isDocumented: isImport,
    });
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
    async importRecords(kind, records, options = {}) {
      const { idempotencyKey = crypto.randomUUID(), dryRun = false, atomic = false, signal } = options;
      const importing = { idempotencyKey, isDryRun: dryRun };
      const { path, list } = kinds[kind];
      const body = { [list]: records };
      // Once, whatever the number of attempts.
      const { bytes, headers } = await toJsonBody(body);
      const { data, response } = await request(
        (attempt) =>
          importsApi.POST(path, {
            params: { query: { ...(dryRun && { dry_run: true }), ...(atomic && { atomic: true }) } },
            headers: { 'idempotency-key': idempotencyKey, ...headers },
            body,
            bodySerializer: () => bytes,
            ...attempt,
          }),
        { ...settings, signal, importing, isDocumented: (answer) => isAccepted(answer) || isResult(kind, answer) },
      );
      const replayed = response.headers.get('idempotent-replayed') === 'true';
      if (!isAccepted(data)) return { ...data, import_id: response.headers.get('x-import-id') ?? '', replayed };

      const importId = data.import_id;
      const following = { signal, importing: { ...importing, importId } };
      const outcome = await follow(response, importId, following, ({ status, result }) => {
        if (status === 'undoing' || status === 'undone') throw undone(importId, idempotencyKey);
        return isResult(kind, result) ? result : undefined;
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
          // Records are given back as they were sent, whatever their fields are called.
          (attempt) => api.GET(`${IMPORT}/errors`, { params, fetch: (input) => fetchExact(input, []), ...attempt }),
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
      return follow(response, importId, { signal }, (state) => (state.status === 'undone' ? state : undefined));
    },

    async reportRevenue(query, { signal } = {}) {
      const { data } = await request(
        (attempt) =>
          api.GET('/api/v2/reports/revenue', {
            params: { query },
            fetch: (input) => fetchExact(input, ['revenue', 'payout']),
            ...attempt,
          }),
        { ...settings, signal, isDocumented: isReport },
      );
      return data;
    },
  };
}

/** How records of any kind are sent. */
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

type AskingOptions = Pick<RequestOptions<Import>, 'signal' | 'importing'>;

/** Asks for page after page, each when it is wanted. */
async function* pagesOf<Page extends { next_cursor: string | null }>(
  read: (start: { cursor?: string }) => Promise<Page>,
): AsyncGenerator<Page, void> {
  let page = await read({});
  yield page;
  while (page.next_cursor !== null) {
    page = await read({ cursor: page.next_cursor });
    yield page;
  }
}

function undone(importId: string, idempotencyKey: string): TracklyError {
  const message = 'The import was undone meanwhile: to import its records again, send them with a new idempotencyKey.';
  return new TracklyError(message, { code: 'import_undone', importId, idempotencyKey });
}
