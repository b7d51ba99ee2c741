/**
 * The reasons for which a request is refused: `code` and `error` of the answer, its HTTP status and, if a retry may
 * succeed, its Retry-After in seconds.
 */
export const requestErrors = {
  missing_api_key: { status: 401, text: 'API key required' },
  invalid_api_key: { status: 401, text: 'Invalid API key' },
  invalid_json: { status: 400, text: 'The body is not valid JSON.' },
  missing_records: { status: 400, text: 'The records field is required and must be a non-empty array.' },
  missing_contacts: { status: 400, text: 'The contacts field is required and must be a non-empty array.' },
  missing_tracking_url: { status: 400, text: 'The offer is missing the tracking_url field.' },
  missing_offers: { status: 400, text: 'The offers field is required and must be a non-empty array.' },
  invalid_parameter: { status: 400, text: 'A parameter in the address is not valid.' },
  invalid_idempotency_key: { status: 400, text: 'Idempotency-Key must be 1 to 255 printable ASCII characters.' },
  invalid_header: { status: 400, text: 'A header of the request is not valid.' },
  payload_too_large: {
    status: 413,
    text: 'The body exceeds 5 MB after decompression; send fewer records per request.',
  },
  too_many_records: { status: 413, text: 'Exceeded the maximum of 1,000 records per request.' },
  too_many_contacts: { status: 413, text: 'Exceeded the maximum of 1,000 contacts per request.' },
  too_many_offers: { status: 413, text: 'Exceeded the maximum of 1,000 offers per request.' },
  unsupported_media_type: {
    status: 415,
    text: 'Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br.',
  },
  idempotency_key_reused: {
    status: 422,
    text: 'This Idempotency-Key came with another body or other parameters before; a new request needs a new key.',
  },
  quota_exceeded: {
    status: 403,
    text: 'The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.',
  },
  too_many_pending: {
    status: 429,
    text: 'This account has too much unfinished work; nothing was accepted, send the request again later.',
    retryAfter: 2,
  },
  too_many_requests: {
    status: 429,
    text: 'Too many requests of this account or address at once; nothing was accepted, send the request again later.',
    retryAfter: 1,
  },
  overloaded: {
    status: 503,
    text: 'The service has too much unfinished work; nothing was accepted, send the request again later.',
    retryAfter: 2,
  },
  unavailable: {
    status: 503,
    text: 'The service is not available at the moment; nothing was accepted, send the request again later.',
    retryAfter: 1,
  },
  report_too_large: {
    status: 422,
    text: 'The report takes too long; ask for a shorter time with from and to.',
  },
  page_too_deep: {
    status: 400,
    text: 'Pages reach 100,000 rows; use filters, if there are any, to see others.',
  },
  foreign_host: { status: 403, text: 'The header Host names another machine.' },
  malformed_request: { status: 400, text: 'The request is not valid HTTP.' },
  headers_too_large: { status: 431, text: 'The headers of the request exceed 16 KB.' },
  request_timeout: { status: 408, text: 'The request took too long to arrive; send fewer records per request.' },
  not_found: { status: 404, text: 'Resource not found' },
  method_not_allowed: { status: 405, text: 'This path does not take this method; Allow names those that it takes.' },
  not_acceptable: { status: 406, text: 'The answer cannot be given in a form that Accept allows.' },
  import_not_completed: {
    status: 409,
    text: 'The import is still being processed; ask again when it is completed.',
    retryAfter: 2,
  },
  import_undone: {
    status: 409,
    text: 'This import was undone; to import its records again, send them with a new Idempotency-Key.',
  },
  import_in_use: {
    status: 409,
    text: 'Others refer to what this import has made, so nothing is undone; in_use says what they are, undo those first.',
  },
  already_imported: {
    status: 409,
    text: 'Some of these records were imported before; to import them again, send Import-Again: true.',
  },
  internal_error: {
    status: 500,
    text: 'Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe.',
  },
} as const satisfies Record<string, { status: number; text: string; retryAfter?: number }>;

export type RequestErrorCode = keyof typeof requestErrors;
