import { ImportQuery, ProcessingResponse, requestSchema, resultSchema, toResult } from '@trackly/contract';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import { importGoesOn } from '../description/examples.ts';
import { importHeaders, importRefusals } from '../description/imports.ts';
import type { ApiKind } from '../kinds/api-kind.ts';
import { refusals, response } from '../description/responses.ts';
import { checkParameters, createImporter, ofImports, readImportSource, type ImportOptions } from './import-and-wait.ts';
import { stillOpen } from './still-open.ts';

function schemaOf({ spec, operationId, summary, description, requests, results }: ApiKind) {
  return {
    operationId,
    tags: ['History'],
    summary,
    description,
    security: [{ apiKey: [] }],
    querystring: ImportQuery,
    requestHeaders: importHeaders,
    body: requestSchema(spec),
    bodyExamples: requests,
    response: {
      200: response('The import is completed: these counts are committed.', [...ofImports, 'Import-Notices'], {
        'application/json': { schema: resultSchema(spec), examples: results },
      }),
      202: response('The import is accepted, and continues.', [...ofImports, 'Location', 'Retry-After'], {
        'application/json': { schema: ProcessingResponse, examples: importGoesOn },
      }),
      ...refusals(importRefusals([spec.list.missing], spec.list.tooMany), { 409: ofImports }),
    },
  };
}

export interface ImportRecordsOptions extends ImportOptions {
  kind: ApiKind;
}

/** Imports records of a kind: checks and accepts them, waits until they are saved, and answers with exact counts. */
export const importRecordsRoutes: FastifyPluginCallbackTypebox<ImportRecordsOptions> = (app, options, done) => {
  const { kind } = options;
  const importAndWait = createImporter(kind.spec, options);

  app.decorateRequest('importSource', undefined);
  const onRequest = [checkParameters, readImportSource];
  const routeOptions = { schema: schemaOf(kind), attachValidation: true, onRequest };
  app.post(kind.spec.path, routeOptions, async (request, reply) => {
    const { importId, outcome } = await importAndWait(request, reply);
    return outcome ? toResult(kind.spec, outcome) : stillOpen(reply, importId, 'processing');
  });
  done();
};
