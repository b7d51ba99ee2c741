import { importListQuery, importListResponse, keysOf, toCounted, type KindSpec } from '@trackly/contract';
import { listImports } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { validate as isUuid } from 'uuid';

import type { Services } from '../services.ts';
import { importLists } from '../description/examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { specsOf } from '../kinds/api-kind.ts';
import { toImportState } from './import-state.ts';
import { RequestError } from '../http/request-error.ts';
import { timeParameter } from '../http/time-parameter.ts';

const schemaOf = (specs: readonly KindSpec[]) => ({
  operationId: 'listImports',
  tags: ['Imports'],
  summary: 'List imports',
  description: `Lists the account's imports, the latest first. Imports older than the retention time are not listed.`,
  security: [{ apiKey: [] }],
  querystring: importListQuery(specs),
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('A page of imports.', [], {
      'application/json': { schema: importListResponse(specs), examples: importLists },
    }),
    ...refusals(['invalid_parameter']),
  },
});

/** Lists an account's imports, page by page. */
export const importListRoutes: FastifyPluginCallbackTypebox<Pick<Services, 'db' | 'kinds'>> = (
  app,
  { db, kinds },
  done,
) => {
  app.get('/history/imports', { schema: schemaOf(specsOf(kinds)) }, async ({ accountId, query }) => {
    const { status, kind, idempotency_key: idempotencyKey, cursor: after, limit } = query;
    if (after !== undefined && !isUuid(after)) {
      throw new RequestError('invalid_parameter', 'cursor must be the next_cursor of a page.');
    }
    const found = await listImports(db, {
      accountId,
      status,
      kind,
      kinds: keysOf(kinds),
      idempotencyKey,
      from: timeParameter('from', query.from),
      to: timeParameter('to', query.to),
      after,
      count: limit + 1,
    });
    const page = found.slice(0, limit);
    const imports = page.map((progress) => ({
      ...toImportState(kinds, progress),
      success_count: progress.successCount,
      error_count: progress.errorCount,
      ...toCounted(kinds[progress.kind].spec, progress),
    }));
    return { imports, next_cursor: found.length > limit ? (page.at(-1)?.importId ?? null) : null };
  });
  done();
};
