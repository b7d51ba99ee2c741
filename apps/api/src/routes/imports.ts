import { ErrorResponse, ImportResponse, toRevenueResponse } from '@trackly/contract';
import { readImport, readOutcomes } from '@trackly/db';
import { Type, type FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { validate as isUuid } from 'uuid';

import type { Services } from '../app.ts';
import { RequestError } from '../request-error.ts';

/** Where an import's state can be read. */
export function importUrl(importId: string): string {
  return `/api/v2/history/imports/${importId}`;
}

const schema = {
  summary: 'State of an import',
  security: [{ apiKey: [] }],
  params: Type.Object({ import_id: Type.String() }),
  response: { 200: ImportResponse, '4xx': ErrorResponse, '5xx': ErrorResponse },
};

/** Tells how far an import is, and its outcome once it is completed. */
export const importRoutes: FastifyPluginCallbackTypebox<Services> = (app, { db }, done) => {
  app.get('/history/imports/:import_id', { schema }, async (request) => {
    const importId = request.params.import_id;
    if (!isUuid(importId)) throw new RequestError('not_found');
    request.importId = importId;

    const ref = { accountId: request.accountId, importId };
    const progress = await readImport(db, ref);
    if (!progress) throw new RequestError('not_found');
    const outcome = progress.completedAt ? (await readOutcomes(db, [ref])).get(importId) : undefined;

    return {
      import_id: importId,
      kind: progress.kind,
      status: outcome ? ('completed' as const) : ('processing' as const),
      record_count: progress.recordCount,
      processed_count: progress.processedCount,
      created_at: progress.createdAt,
      completed_at: progress.completedAt,
      ...(outcome && { result: toRevenueResponse(outcome) }),
    };
  });
  done();
};
