import type { ImportRef } from '@trackly/contract';
import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';

import { RequestError } from '../http/request-error.ts';

/** The parameters of a path that names an import. */
export const ImportParams = Type.Object({
  import_id: Type.String({ format: 'uuid', description: 'The import, as in X-Import-Id.' }),
});

/**
 * The import that a path names, of the account that asks.
 *
 * @throws RequestError `not_found` when it is no import id
 */
export function importRefOf(request: FastifyRequest & { params: { import_id: string } }): ImportRef {
  const importId = request.params.import_id;
  if (!isUuid(importId)) throw new RequestError('not_found');
  request.importId = importId;
  return { accountId: request.accountId, importId };
}
