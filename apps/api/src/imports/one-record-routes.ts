import { ImportQuery, isMissing, ProcessingResponse, recordSchema, toCounted } from '@trackly/contract';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import { importGoesOn } from '../description/examples.ts';
import { importHeaders, importRefusals } from '../description/imports.ts';
import { refusals, response } from '../description/responses.ts';
import { RequestError, type RejectedRecord } from '../http/request-error.ts';
import type { ApiKind, OneRecord } from '../kinds/api-kind.ts';
import { checkParameters, createImporter, ofImports, readImportSource, type ImportOptions } from './import-and-wait.ts';
import { stillOpen } from './still-open.ts';

/** The status of an answer if the record is rejected, unless its kind has another for the code. */
const REJECTED = 400;
const COMMON: Readonly<Record<string, number>> = { payload_too_large: 413, save_error: 500 };

function rejection({ spec, one }: OneKind, code: string): RejectedRecord {
  return { code, status: one.statuses[code] ?? COMMON[code] ?? REJECTED, text: spec.errors[code] ?? code };
}

function schemaOf(kind: OneKind) {
  const { spec, one } = kind;
  return {
    operationId: one.operationId,
    tags: [one.tag],
    summary: one.summary,
    description: one.description,
    security: [{ apiKey: [] }],
    querystring: ImportQuery,
    requestHeaders: importHeaders,
    body: recordSchema(spec),
    bodyExamples: one.requests,
    response: {
      200: response('The record is saved.', [...ofImports, 'Import-Notices'], {
        'application/json': { schema: one.response, examples: one.results },
      }),
      202: response('The record is accepted, and will be saved.', [...ofImports, 'Location', 'Retry-After'], {
        'application/json': { schema: ProcessingResponse, examples: importGoesOn },
      }),
      ...refusals(
        importRefusals(Object.values(one.required ?? {})),
        { 409: ofImports },
        Object.keys(spec.errors).map((code) => rejection(kind, code)),
      ),
    },
  };
}

const OF_IMPORTS = ['import-notices', ...ofImports.map((name) => name.toLowerCase())];

type OneKind = ApiKind & { one: OneRecord };

/** Imports one record of a kind, like an import of a list of one, and answers with what became of it. */
export const oneRecordRoutes: FastifyPluginCallbackTypebox<ImportOptions & { kind: OneKind }> = (
  app,
  options,
  done,
) => {
  const { kind, db } = options;
  const { spec, one } = kind;
  const importAndWait = createImporter(spec, options);

  app.decorateRequest('importSource', undefined);
  const onRequest = [checkParameters, readImportSource];
  const routeOptions = { schema: schemaOf(kind), attachValidation: true, onRequest };
  app.post(one.path, routeOptions, async (request, reply) => {
    const { accountId } = request;
    const record: Record<string, unknown> | null | undefined = request.body;
    if (record === undefined) throw new RequestError('invalid_json');
    for (const [field, code] of Object.entries(one.required ?? {})) {
      if (isMissing(record?.[field])) throw new RequestError(code);
    }
    // The same bytes mean something else to the bulk endpoint.
    request.idempotency?.hash.update(one.path);
    const asList = Object.assign(request, { body: { [spec.list.name]: [record] } });
    const { importId, outcome } = await importAndWait(asList, reply);
    if (!outcome) return stillOpen(reply, importId, 'processing');
    const [rejected] = outcome.rejections;
    if (rejected) {
      // The answer is that to a refused request: nothing is saved.
      for (const name of OF_IMPORTS) reply.removeHeader(name);
      throw new RequestError(rejection(kind, rejected.code));
    }
    return one.answer(db, { accountId, importId, record: record ?? {}, counts: toCounted(spec, outcome) });
  });
  done();
};
