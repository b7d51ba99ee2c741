import { importResponse, ProcessingResponse, type KindSpec } from '@trackly/contract';
import { readImport, requestUndo } from '@trackly/db';
import { jobName } from '@trackly/queue';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { Services } from '../services.ts';
import { imports, undoGoesOn, undoneImports } from '../description/examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { enqueueAccepted } from './enqueue.ts';
import { forCertain } from './for-certain.ts';
import { goneSignal } from '../http/gone-signal.ts';
import { ImportParams, importRefOf } from './import-ref.ts';
import { readImportState } from './import-state.ts';
import { parsePrefer } from '../http/prefer.ts';
import { RequestError } from '../http/request-error.ts';
import { specsOf } from '../kinds/api-kind.ts';
import { stillOpen } from './still-open.ts';

const stateSchemaOf = (specs: readonly KindSpec[]) => ({
  operationId: 'getImport',
  tags: ['Imports'],
  summary: 'State of an import',
  description:
    'Returns the progress of an import and, once it is completed, its result: the same as the answer to the import.',
  security: [{ apiKey: [] }],
  params: ImportParams,
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('The import.', [], { 'application/json': { schema: importResponse(specs), examples: imports } }),
    ...refusals(['not_found']),
  },
});

const undoSchemaOf = (specs: readonly KindSpec[]) => ({
  operationId: 'undoImport',
  tags: ['Imports'],
  summary: 'Undo an import',
  description:
    'Removes all records that an import saved, and corrects the stats of their contacts. An import that is still in ' +
    'progress is stopped first. Undoing an import again changes nothing, and returns the same answer.',
  security: [{ apiKey: [] }],
  params: ImportParams,
  requestHeaders: { ...requestHeaders.prefer, ...requestHeaders.requestId },
  response: {
    200: response('The import is undone: all of its records are removed.', ['X-Import-Id', 'Preference-Applied'], {
      'application/json': { schema: importResponse(specs), examples: undoneImports },
    }),
    202: response(
      'The request to undo is accepted, and undoing continues.',
      ['X-Import-Id', 'Preference-Applied', 'Location', 'Retry-After'],
      { 'application/json': { schema: ProcessingResponse, examples: undoGoesOn } },
    ),
    // The request needs no body, but Fastify reads one that comes with it.
    ...refusals(['invalid_json', 'payload_too_large', 'unsupported_media_type', 'not_found']),
  },
});

/** Serves the state of an import, and undoes imports. */
export const importRoutes: FastifyPluginCallbackTypebox<Services> = (app, services, done) => {
  const { kinds, db, producer, waiter, watch, chunkSize, syncWaitMs } = services;
  const specs = specsOf(kinds);

  app.get('/history/imports/:import_id', { schema: stateSchemaOf(specs) }, async (request) => {
    const state = await readImportState(services, importRefOf(request));
    if (!state) throw new RequestError('not_found');
    return state;
  });

  app.delete('/history/imports/:import_id', { schema: undoSchemaOf(specs) }, async (request, reply) => {
    const ref = importRefOf(request);
    const { importId } = ref;
    const { waitMs, applied } = parsePrefer(request.headers['prefer'], syncWaitMs);
    const undo = { ...ref, requestId: request.id, chunkSize, virtualTime: watch.backlog.virtualTime };
    const { kind, chunks } = await forCertain(async () => {
      const found = await readImport(db, ref);
      if (!found) throw new RequestError('not_found');
      return { kind: found.kind, chunks: await requestUndo(db, kinds[found.kind].spec, undo) };
    }, syncWaitMs);
    const state = await readImportState(services, ref);
    if (!state) throw new RequestError('not_found');

    reply.header('x-import-id', importId);
    if (applied) reply.header('preference-applied', applied);
    if (state.status === 'undone') return state;
    watch.backlog.add(ref.accountId, chunks.length);
    enqueueAccepted(producer, jobName('undo', kind), ref, chunks, request);
    request.endTurn?.();

    const isUndone = await waiter.wait(ref, {
      timeoutMs: waitMs,
      signal: goneSignal(reply),
      until: ({ status }) => status === 'undone',
    });
    return (isUndone && (await readImportState(services, ref))) ?? stillOpen(reply, importId, 'undoing');
  });
  done();
};
