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
} from '@trackly/contract';
import { acceptImport } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { v7 as uuidv7 } from 'uuid';

import type { Services } from '../app.ts';
import { RequestError } from '../request-error.ts';
import { importUrl } from './imports.ts';

const RETRY_AFTER_SECONDS = 2;

const schema = {
  summary: 'Import historical revenue',
  security: [{ apiKey: [] }],
  body: RevenueImportRequest,
  response: { 200: RevenueImportResponse, 202: ProcessingResponse, '4xx': ErrorResponse, '5xx': ErrorResponse },
};

/** Checks records, has them saved through the queue, and answers with exact counts. */
export const revenueImportRoutes: FastifyPluginCallbackTypebox<Services> = (app, services, done) => {
  const { db, producer, waiter, chunkSize, syncWaitMs } = services;

  app.post('/history/revenue', { schema, attachValidation: true }, async (request, reply) => {
    const { accountId, id: requestId } = request;
    const now = Date.now();
    const { checked, rejected } = request.validationError
      ? checkUnknownRecords(recordsOf(request.body), now)
      : checkValidRecords(request.body.records, now);

    const ref = { accountId, importId: uuidv7() };
    const chunks = splitIntoChunks(checked, chunkSize);
    const recordCount = checked.length + rejected.length;
    await acceptImport(db, { ...ref, kind: 'revenue', requestId, recordCount, chunks, rejected });
    request.importId = ref.importId;
    reply.header('x-import-id', ref.importId);
    if (chunks.length === 0) return toRevenueResponse({ successCount: 0, totalRevenue: '0', rejections: rejected });

    const completion = waiter.wait(ref, syncWaitMs);
    const chunkRefs = chunks.map((_, chunkIndex) => ({ ...ref, chunkIndex }));
    // Not waited for: the import is accepted, and its answer is no longer an error whatever happens to the queue.
    producer.enqueue('save-revenue-chunk', chunkRefs, requestId).catch((error: unknown) => {
      request.log.error({ err: error, importId: ref.importId }, 'chunks could not be enqueued');
    });

    const outcome = await completion;
    if (outcome) return toRevenueResponse(outcome);
    const statusUrl = importUrl(ref.importId);
    reply.code(202).header('location', statusUrl).header('retry-after', RETRY_AFTER_SECONDS);
    return { import_id: ref.importId, status: 'processing' as const, status_url: statusUrl };
  });
  done();
};

/** Finds the records in a body that does not fit the schema. */
function recordsOf(body: unknown): unknown[] {
  if (body === undefined) throw new RequestError('invalid_json');
  const records = typeof body === 'object' && body !== null && 'records' in body ? body.records : undefined;
  if (!Array.isArray(records) || records.length === 0) throw new RequestError('missing_records');
  if (records.length > MAX_RECORDS) throw new RequestError('too_many_records');
  return records;
}
