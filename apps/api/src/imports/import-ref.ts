import type { ImportRef } from '@trackly/contract';
import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';

import { RequestError } from '../http/request-error.ts';

/** The path parameters of an import. */
export const ImportParams = Type.Object({
  import_id: Type.String({ format: 'uuid', description: 'The id of the import, from X-Import-Id.' }),
});

/**
 * Returns the import that a path names, for the account of the request.
 *
 * @throws RequestError `not_found` if the path has no valid import id
 */
export function importRefOf(request: FastifyRequest & { params: { import_id: string } }): ImportRef {
  const importId = request.params.import_id;
  if (!isUuid(importId)) throw new RequestError('not_found');
  request.importId = importId;
  return { accountId: request.accountId, importId };
}
