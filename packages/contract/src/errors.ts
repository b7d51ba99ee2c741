/** Why a whole request was refused: the `code` and `error` of its answer, and its HTTP status. */
export const requestErrors = {
  missing_api_key: { status: 401, text: 'API key required' },
  invalid_api_key: { status: 401, text: 'Invalid API key' },
  invalid_json: { status: 400, text: 'The body is not valid JSON.' },
  missing_records: { status: 400, text: 'The records field is required and must be a non-empty array.' },
  payload_too_large: {
    status: 413,
    text: 'The body exceeds 5 MB after decompression; send fewer records per request.',
  },
  too_many_records: { status: 413, text: 'Exceeded the maximum of 1,000 records per request.' },
  unsupported_media_type: {
    status: 415,
    text: 'Send JSON with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br.',
  },
  not_found: { status: 404, text: 'Resource not found' },
  internal_error: {
    status: 500,
    text: 'Something went wrong on our side; nothing is known to be wrong with the request.',
  },
} as const satisfies Record<string, { status: number; text: string }>;

export type RequestErrorCode = keyof typeof requestErrors;
