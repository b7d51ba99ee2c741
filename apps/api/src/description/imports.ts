import type { RequestErrorCode } from '@trackly/contract';

import { requestHeaders } from './headers.ts';

/** The headers of requests that import records. */
export const importHeaders = {
  ...requestHeaders.idempotencyKey,
  ...requestHeaders.importSource,
  ...requestHeaders.prefer,
  ...requestHeaders.contentEncoding,
  ...requestHeaders.requestId,
};

/**
 * The codes that refuse such a request.
 *
 * @param missing those of the operation, if the body lacks something
 * @param tooMany that of the operation, if the body has too many records
 */
export function importRefusals(
  missing: readonly RequestErrorCode[],
  ...tooMany: RequestErrorCode[]
): RequestErrorCode[] {
  return [
    'invalid_json',
    ...missing,
    'invalid_parameter',
    'invalid_idempotency_key',
    'invalid_header',
    'already_imported',
    'import_undone',
    'payload_too_large',
    ...tooMany,
    'unsupported_media_type',
    'idempotency_key_reused',
    'quota_exceeded',
    'too_many_pending',
  ];
}
