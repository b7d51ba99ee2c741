import { ErrorResponse, ImportResponse, ProcessingResponse } from '@trackly/contract';
import { requestUndo } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { Services } from '../app.ts';
import { forCertain } from '../for-certain.ts';
import { goneSignal } from '../gone-signal.ts';
import { ImportParams, importRefOf } from '../import-ref.ts';
import { readImportState } from '../import-state.ts';
import { parsePrefer } from '../prefer.ts';
import { RequestError } from '../request-error.ts';
import { stillOpen } from '../still-open.ts';

const errorResponses = { '4xx': ErrorResponse, '5xx': ErrorResponse };

const stateSchema = {
  summary: 'State of an import',
  security: [{ apiKey: [] }],
  params: ImportParams,
  response: { 200: ImportResponse, ...errorResponses },
};

const undoSchema = {
  summary: 'Undo an import',
  security: [{ apiKey: [] }],
  params: ImportParams,
  response: { 200: ImportResponse, 202: ProcessingResponse, ...errorResponses },
};

/** One import: its state, and undoing it. */
export const importRoutes: FastifyPluginCallbackTypebox<Services> = (app, services, done) => {
  const { db, producer, waiter, watch, chunkSize, syncWaitMs } = services;

  app.get('/history/imports/:import_id', { schema: stateSchema }, async (request) => {
    const state = await readImportState(db, importRefOf(request));
    if (!state) throw new RequestError('not_found');
    return state;
  });

  app.delete('/history/imports/:import_id', { schema: undoSchema }, async (request, reply) => {
    const ref = importRefOf(request);
    const { importId } = ref;
    const { waitMs, applied } = parsePrefer(request.headers['prefer'], syncWaitMs);
    const undo = { ...ref, requestId: request.id, chunkSize, virtualTime: watch.backlog.virtualTime };
    const chunks = await forCertain(() => requestUndo(db, undo), syncWaitMs);
    const state = await readImportState(db, ref);
    if (!state) throw new RequestError('not_found');

    reply.header('x-import-id', importId);
    if (applied) reply.header('preference-applied', applied);
    if (state.status === 'undone') return state;
    watch.backlog.add(ref.accountId, chunks.length);
    const queued = chunks.map((chunk) => ({ ...ref, ...chunk, requestId: request.id }));
    // Not waited for: that it is to be undone is in the ledger, whatever happens to the queue.
    producer.enqueue('undo-revenue-chunk', queued).catch((error: unknown) => {
      request.log.error({ err: error, ...ref }, 'chunks could not be enqueued; the reconciler will');
    });

    const isUndone = await waiter.wait(ref, {
      timeoutMs: waitMs,
      signal: goneSignal(reply),
      until: ({ status }) => status === 'undone',
    });
    return (isUndone && (await readImportState(db, ref))) ?? stillOpen(reply, importId, 'undoing');
  });
  done();
};
