import {
  checkUnknownRecords,
  checkValidRecords,
  ErrorResponse,
  MAX_RECORDS,
  ProcessingResponse,
  RevenueImportRequest,
  RevenueImportResponse,
  splitIntoChunks,
  toRevenueResponse,
  type ImportRef,
  type RevenueOutcome,
} from '@trackly/contract';
import { readOutcomes } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';

import { acceptForCertain } from '../accept.ts';
import type { Services } from '../app.ts';
import type { ApiMetrics } from '../metrics.ts';
import { parsePrefer } from '../prefer.ts';
import { RequestError } from '../request-error.ts';
import { importUrl } from './imports.ts';

const KIND = 'revenue';
const RETRY_AFTER_SECONDS = 2;

const schema = {
  summary: 'Import historical revenue',
  security: [{ apiKey: [] }],
  body: RevenueImportRequest,
  response: { 200: RevenueImportResponse, 202: ProcessingResponse, '4xx': ErrorResponse, '5xx': ErrorResponse },
};

export interface RevenueImportOptions extends Services {
  metrics: ApiMetrics;
}

interface TakenImport extends ImportRef {
  /** Whether the same request had been taken before. */
  isReplay: boolean;
  /** Undefined while chunks of it are open. */
  outcome: RevenueOutcome | undefined;
}

/** Checks records, has them saved through the queue, and answers with exact counts. */
export const revenueImportRoutes: FastifyPluginCallbackTypebox<RevenueImportOptions> = (app, options, done) => {
  const { db, producer, waiter, watch, metrics, chunkSize, syncWaitMs } = options;

  app.post('/history/revenue', { schema, attachValidation: true }, async (request, reply) => {
    const { waitMs, applied } = parsePrefer(request.headers['prefer'], syncWaitMs);
    const taken = await take(request);
    const { importId, isReplay } = taken;
    // It may be waited for long: by many clients, and their records are in the ledger.
    Object.assign(request, { body: undefined });
    request.releaseBody();

    request.importId = importId;
    reply.header('x-import-id', importId);
    if (isReplay) reply.header('idempotent-replayed', 'true');
    if (applied) reply.header('preference-applied', applied);

    const outcome = taken.outcome ?? (await waiter.wait(taken, { timeoutMs: waitMs, signal: goneSignal(reply) }));
    if (outcome) return toRevenueResponse(outcome);
    const statusUrl = importUrl(importId);
    reply.code(202).header('location', statusUrl).header('retry-after', RETRY_AFTER_SECONDS);
    return { import_id: importId, status: 'processing' as const, status_url: statusUrl };
  });
  done();

  /** Checks the records and puts them into ledger and queue, unless the same request has done so before. */
  async function take(request: FastifyRequest & { body: RevenueImportRequest }): Promise<TakenImport> {
    const { accountId, id: requestId, idempotency } = request;
    const now = Date.now();
    const { checked, rejected } = request.validationError
      ? checkUnknownRecords(recordsOf(request.body), now)
      : checkValidRecords(request.body.records, now);
    const chunks = splitIntoChunks(checked, chunkSize);
    const recordCount = checked.length + rejected.length;

    const ref = { accountId, importId: uuidv7() };
    const { virtualTime } = watch.backlog;
    const added = { ...ref, kind: KIND, requestId, recordCount, chunks, rejected, idempotency, virtualTime };
    const acceptance = await acceptForCertain(db, added, syncWaitMs);
    if (acceptance.status === 'key_reused') throw new RequestError('idempotency_key_reused');
    if (acceptance.status === 'replayed') {
      const first = { accountId, importId: acceptance.importId };
      return { ...first, isReplay: true, outcome: (await readOutcomes(db, [first])).get(first.importId) };
    }
    metrics.received.inc(recordCount);
    for (const { code } of rejected) metrics.rejected.inc({ code });
    if (chunks.length === 0) {
      return { ...ref, isReplay: false, outcome: { successCount: 0, totalRevenue: '0', rejections: rejected } };
    }

    watch.backlog.add(accountId, chunks.length);
    const { priority } = acceptance;
    const queued = chunks.map((_, index) => ({ ...ref, chunkIndex: index, requestId, priority: priority + index }));
    // Not waited for: the import is accepted, and its answer is no longer an error whatever happens to the queue.
    producer.enqueue('save-revenue-chunk', queued).catch((error: unknown) => {
      request.log.error({ err: error, ...ref }, 'chunks could not be enqueued; the reconciler will');
    });
    return { ...ref, isReplay: false, outcome: undefined };
  }
};

/** Aborts when the client is gone. Fastify's own `request.signal` listens to the body, which has ended by now. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** Finds the records in a body that does not fit the schema. */
function recordsOf(body: unknown): unknown[] {
  if (body === undefined) throw new RequestError('invalid_json');
  const records = typeof body === 'object' && body !== null && 'records' in body ? body.records : undefined;
  if (!Array.isArray(records) || records.length === 0) throw new RequestError('missing_records');
  if (records.length > MAX_RECORDS) throw new RequestError('too_many_records');
  return records;
}
