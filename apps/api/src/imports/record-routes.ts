import {
  compileParameters,
  ImportQuery,
  ProcessingResponse,
  requestSchema,
  resultSchema,
  toResult,
  type Notices,
} from '@trackly/contract';
import type { ImportSource } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';

import { importGoesOn } from '../description/examples.ts';
import { requestHeaders, type ResponseHeader } from '../description/headers.ts';
import type { ApiKind } from '../kinds/api-kind.ts';
import { refusals, response } from '../description/responses.ts';
import { goneSignal } from '../http/gone-signal.ts';
import { importSourceOf } from './import-source.ts';
import { createTaker, type TakeOptions } from './take.ts';
import { parameterError } from '../http/parameter-error.ts';
import { parsePrefer } from '../http/prefer.ts';
import { RequestError } from '../http/request-error.ts';
import type { Services } from '../services.ts';
import { stillOpen } from './still-open.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the records come from; undefined if the request does not say so. */
    importSource: ImportSource | undefined;
  }
}

const ofImports: ResponseHeader[] = ['X-Import-Id', 'X-Dry-Run', 'Idempotent-Replayed', 'Preference-Applied'];

function schemaOf({ spec, operationId, summary, description, requests, results }: ApiKind) {
  return {
    operationId,
    tags: ['History'],
    summary,
    description,
    security: [{ apiKey: [] }],
    querystring: ImportQuery,
    requestHeaders: {
      ...requestHeaders.idempotencyKey,
      ...requestHeaders.importSource,
      ...requestHeaders.prefer,
      ...requestHeaders.contentEncoding,
      ...requestHeaders.requestId,
    },
    body: requestSchema(spec),
    bodyExamples: requests,
    response: {
      200: response('The import is completed: these counts are committed.', [...ofImports, 'Import-Notices'], {
        'application/json': { schema: resultSchema(spec), examples: results },
      }),
      202: response('The import is accepted, and continues.', [...ofImports, 'Location', 'Retry-After'], {
        'application/json': { schema: ProcessingResponse, examples: importGoesOn },
      }),
      ...refusals(
        [
          'invalid_json',
          spec.list.missing,
          'invalid_parameter',
          'invalid_idempotency_key',
          'invalid_header',
          'already_imported',
          'import_undone',
          'payload_too_large',
          spec.list.tooMany,
          'unsupported_media_type',
          'idempotency_key_reused',
          'quota_exceeded',
          'too_many_pending',
        ],
        { 409: ofImports },
      ),
    },
  };
}

const isQuery = compileParameters(ImportQuery);

export interface ImportRecordsOptions extends Services, TakeOptions {
  kind: ApiKind;
}

/** Imports records of a kind: checks and accepts them, waits until they are saved, and answers with exact counts. */
export const importRecordsRoutes: FastifyPluginCallbackTypebox<ImportRecordsOptions> = (app, options, done) => {
  const { kind, waiter, syncWaitMs } = options;
  const { spec } = kind;
  const take = createTaker(spec, options);

  app.decorateRequest('importSource', undefined);
  const onRequest = [checkParameters, readImportSource];
  const routeOptions = { schema: schemaOf(kind), attachValidation: true, onRequest };
  app.post(spec.path, routeOptions, async (request, reply) => {
    const { waitMs, applied } = parsePrefer(request.headers['prefer'], syncWaitMs);
    const taken = await take(request);
    const { importId, isReplay } = taken;
    // Free the body: many clients may wait for long, and their records are in the ledger.
    Object.assign(request, { body: undefined });
    request.releaseBody?.();
    request.endTurn?.();

    request.importId = importId;
    reply.header('x-import-id', importId);
    if (request.query.dry_run) reply.header('x-dry-run', 'true');
    if (isReplay) reply.header('idempotent-replayed', 'true');
    if (applied) reply.header('preference-applied', applied);

    const outcome = taken.outcome ?? (await waiter.wait(taken, { timeoutMs: waitMs, signal: goneSignal(reply) }));
    if (!outcome) return stillOpen(reply, importId, 'processing');
    if (outcome.status !== 'completed') throw new RequestError('import_undone');
    if (outcome.notices) reply.header('import-notices', toHeader(outcome.notices));
    return toResult(spec, outcome);
  });
  done();
};

/** Writes notices as a dictionary of integers: https://www.rfc-editor.org/rfc/rfc9651#section-3.2 */
function toHeader(notices: Notices): string {
  return Object.entries(notices)
    .map(([name, count]) => `${name}=${count}`)
    .join(', ');
}

async function readImportSource(request: FastifyRequest): Promise<void> {
  request.importSource = importSourceOf(request.raw);
}

/** Runs before the body is read, so that a request with an invalid dry_run parameter never becomes an import. */
async function checkParameters({ query }: FastifyRequest): Promise<void> {
  if (!isQuery(query)) throw parameterError(isQuery.errors);
}
