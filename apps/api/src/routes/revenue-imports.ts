import {
  checkUnknownRecords,
  checkValidRecords,
  compileParameters,
  MAX_RECORDS,
  ProcessingResponse,
  RevenueImportQuery,
  RevenueImportRequest,
  RevenueImportResponse,
  splitIntoChunks,
  toRevenueResponse,
  type ImportOutcome,
  type ImportRef,
  type RevenueRejection,
} from '@trackly/contract';
import { acceptImport, readOutcomes } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';

import type { Services } from '../app.ts';
import { importGoesOn, revenueRequests, revenueResponses } from '../description/examples.ts';
import { requestHeaders, type ResponseHeader } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { enqueueAccepted } from '../enqueue.ts';
import { forCertain } from '../for-certain.ts';
import { goneSignal } from '../gone-signal.ts';
import type { ApiMetrics } from '../metrics.ts';
import { parameterError } from '../parameter-error.ts';
import { parsePrefer } from '../prefer.ts';
import { RequestError } from '../request-error.ts';
import { stillOpen } from '../still-open.ts';

const KIND = 'revenue';

const ofImports: ResponseHeader[] = ['X-Import-Id', 'X-Dry-Run', 'Idempotent-Replayed', 'Preference-Applied'];

const schema = {
  operationId: 'importRevenue',
  tags: ['History'],
  summary: 'Import historical revenue',
  description:
    `Imports up to ${MAX_RECORDS.toLocaleString('en')} past revenue records, each tied to a message and an offer, and ` +
    'updates the stats of their contacts. Records are imported each for itself: one that fails harms no other, and an ' +
    'answer of 200 may well list errors. The body may take 5 MB, decompressed.',
  security: [{ apiKey: [] }],
  querystring: RevenueImportQuery,
  requestHeaders: {
    ...requestHeaders.idempotencyKey,
    ...requestHeaders.prefer,
    ...requestHeaders.contentEncoding,
    ...requestHeaders.requestId,
  },
  body: RevenueImportRequest,
  bodyExamples: revenueRequests,
  response: {
    200: response('The import is completed: these counts are committed.', ofImports, {
      'application/json': { schema: RevenueImportResponse, examples: revenueResponses },
    }),
    202: response('The import is accepted, and goes on.', [...ofImports, 'Location', 'Retry-After'], {
      'application/json': { schema: ProcessingResponse, examples: importGoesOn },
    }),
    ...refusals(
      [
        'invalid_json',
        'missing_records',
        'invalid_parameter',
        'invalid_idempotency_key',
        'import_undone',
        'payload_too_large',
        'too_many_records',
        'unsupported_media_type',
        'idempotency_key_reused',
        'too_many_pending',
        'overloaded',
      ],
      { 409: ofImports },
    ),
  },
};

const isQuery = compileParameters(RevenueImportQuery);

export interface RevenueImportOptions extends Services {
  metrics: ApiMetrics;
}

interface TakenImport extends ImportRef {
  /** Whether the same request had been taken before. */
  isReplay: boolean;
  /** Undefined while chunks of it are open. */
  outcome: ImportOutcome | undefined;
}

/** Checks records, has them saved through the queue, and answers with exact counts. */
export const revenueImportRoutes: FastifyPluginCallbackTypebox<RevenueImportOptions> = (app, options, done) => {
  const { db, producer, waiter, watch, metrics, chunkSize, syncWaitMs } = options;

  const routeOptions = { schema, attachValidation: true, onRequest: checkParameters };
  app.post('/history/revenue', routeOptions, async (request, reply) => {
    const { waitMs, applied } = parsePrefer(request.headers['prefer'], syncWaitMs);
    const taken = await take(request);
    const { importId, isReplay } = taken;
    // It may be waited for long: by many clients, and their records are in the ledger.
    Object.assign(request, { body: undefined });
    request.releaseBody();

    request.importId = importId;
    reply.header('x-import-id', importId);
    if (request.query.dry_run) reply.header('x-dry-run', 'true');
    if (isReplay) reply.header('idempotent-replayed', 'true');
    if (applied) reply.header('preference-applied', applied);

    const outcome = taken.outcome ?? (await waiter.wait(taken, { timeoutMs: waitMs, signal: goneSignal(reply) }));
    if (!outcome) return stillOpen(reply, importId, 'processing');
    if (outcome.status !== 'completed') throw new RequestError('import_undone');
    return toRevenueResponse(outcome);
  });
  done();

  /** Checks the records and puts them into ledger and queue, unless the same request has done so before. */
  async function take(
    request: FastifyRequest & { body: RevenueImportRequest; query: RevenueImportQuery },
  ): Promise<TakenImport> {
    const { accountId, id: requestId } = request;
    const { dry_run: isDryRun, atomic: isAtomic } = request.query;
    const isTrial = isDryRun || isAtomic;
    const now = Date.now();
    const { checked, rejected } = request.validationError
      ? checkUnknownRecords(recordsOf(request.body), now)
      : checkValidRecords(request.body.records, now);
    const chunks = splitIntoChunks(checked, isTrial ? MAX_RECORDS : chunkSize);
    const recordCount = checked.length + rejected.length;

    const ref = { accountId, importId: uuidv7() };
    const { virtualTime } = watch.backlog;
    // A dry run has no effect that could be had twice, and its answer may be another one the next time.
    const idempotency = isDryRun ? undefined : request.idempotency;
    const content = { recordCount, chunks, rejected, isDryRun, isAtomic };
    const added = { ...ref, ...content, kind: KIND, requestId, idempotency, virtualTime };
    const acceptance = await forCertain(() => acceptImport(db, added), syncWaitMs);
    if (acceptance.status === 'key_reused') throw new RequestError('idempotency_key_reused');
    if (acceptance.status === 'replayed') {
      const first = { accountId, importId: acceptance.importId };
      return { ...first, isReplay: true, outcome: (await readOutcomes(db, [first])).get(first.importId) };
    }
    if (!isDryRun) countReceived(recordCount, rejected);
    if (chunks.length === 0) {
      const outcome = { status: 'completed' as const, successCount: 0, totalRevenue: '0', rejections: rejected };
      return { ...ref, isReplay: false, outcome };
    }

    watch.backlog.add(accountId, chunks.length);
    const { priority } = acceptance;
    const accepted = chunks.map((_, chunkIndex) => ({ chunkIndex, priority: priority + chunkIndex }));
    enqueueAccepted(producer, isTrial ? 'try-revenue-chunk' : 'save-revenue-chunk', ref, accepted, request);
    return { ...ref, isReplay: false, outcome: undefined };
  }

  function countReceived(recordCount: number, rejected: readonly RevenueRejection[]): void {
    metrics.received.inc(recordCount);
    for (const { code } of rejected) metrics.rejected.inc({ code });
  }
};

/** Before the body is read, and whatever is in it: what was meant as a dry run must not become an import. */
async function checkParameters({ query }: FastifyRequest): Promise<void> {
  if (!isQuery(query)) throw parameterError(isQuery.errors);
}

/** Finds the records in a body that does not fit the schema. */
function recordsOf(body: unknown): unknown[] {
  if (body === undefined) throw new RequestError('invalid_json');
  const records = typeof body === 'object' && body !== null && 'records' in body ? body.records : undefined;
  if (!Array.isArray(records) || records.length === 0) throw new RequestError('missing_records');
  if (records.length > MAX_RECORDS) throw new RequestError('too_many_records');
  return records;
}
