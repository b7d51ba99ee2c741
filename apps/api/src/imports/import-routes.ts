import {
  importResponse,
  ProcessingResponse,
  type ImportRef,
  type ImportResponse,
  type KindSpec,
} from '@trackly/contract';
import { readImport, requestUndo } from '@trackly/db';
import { jobName } from '@trackly/queue';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { Services } from '../services.ts';
import { imports, undoGoesOn, undoneImports } from '../description/examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { enqueueAccepted } from './enqueue.ts';
import { forCertain } from './for-certain.ts';
import { fullLedger } from '../load/admission.ts';
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

const UNDONE_AS_WHOLE =
  ' What others refer to is undone as a whole or not at all: while anything refers to what the import has made, the answer ' +
  'is 409 `import_in_use` with numbers, and the import stays as it is. If that turns out after an answer of 202, the state ' +
  'of the import says so in `refused_undo`. Such an import is not stopped: it is completed first.';

const undoSchemaOf = (specs: readonly KindSpec[]) => ({
  operationId: 'undoImport',
  tags: ['Imports'],
  summary: 'Undo an import',
  description:
    'Removes all records that an import saved, and corrects the stats of their contacts. An import that is still in ' +
    'progress is stopped first. Undoing an import again changes nothing, and returns the same answer.' +
    (specs.some(({ isUndoneAsWhole }) => isUndoneAsWhole) ? UNDONE_AS_WHOLE : ''),
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
    ...refusals(
      [
        'invalid_json',
        'payload_too_large',
        'unsupported_media_type',
        'not_found',
        'too_many_pending',
        ...(specs.some(({ isUndoneAsWhole }) => isUndoneAsWhole) ? (['import_in_use'] as const) : []),
      ],
      { 409: ['X-Import-Id'] },
    ),
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
      // A running import is stopped, which takes work from the ledger.
      const refusal = found.status === 'completed' ? fullLedger(services, ref.accountId) : undefined;
      if (refusal) throw new RequestError(refusal);
      return { kind: found.kind, chunks: await requestUndo(db, kinds[found.kind].spec, undo) };
    }, syncWaitMs);
    reply.header('x-import-id', importId);
    const state = await readUndone(ref);
    if (applied) reply.header('preference-applied', applied);
    if (state.status === 'undone') return state;
    watch.backlog.add(ref.accountId, chunks.length);
    enqueueAccepted(producer, jobName('undo', kind), ref, chunks, request);
    request.endTurn?.();

    const isDecided = await waiter.wait(ref, {
      timeoutMs: waitMs,
      signal: goneSignal(reply),
      until: (outcome) => outcome.status === 'undone' || (outcome.status === 'completed' && !outcome.isUndoing),
    });
    return isDecided ? readUndone(ref) : stillOpen(reply, importId, 'undoing');
  });

  /** Reads the state of an import whose undo was requested, which may have been refused by now. */
  async function readUndone(ref: ImportRef): Promise<ImportResponse> {
    const state = await readImportState(services, ref);
    if (!state) throw new RequestError('not_found');
    if (state.refused_undo) {
      throw new RequestError('import_in_use', undefined, { in_use: { ...state.refused_undo.in_use } });
    }
    return state;
  }
  done();
};
