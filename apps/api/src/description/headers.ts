import { IDEMPOTENCY_KEY_PATTERN } from '@trackly/contract';
import { Type } from '@sinclair/typebox';

/** Headers of requests, for the description alone: the plugins and routes that read them check them. */
export const requestHeaders = {
  requestId: {
    'X-Request-Id': Type.String({
      description:
        'A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced ' +
        'by one of ours. It comes back in the answer and is in every log line.',
      examples: ['nightly-import-7'],
    }),
  },
  prefer: {
    Prefer: Type.String({
      description:
        '`respond-async` answers 202 at once, `wait=N` after N seconds at the latest, unless the outcome is there ' +
        '(RFC 7240). Without it, the answer waits for 25 seconds. Anything else in it is ignored.',
      examples: ['respond-async'],
    }),
  },
  idempotencyKey: {
    'Idempotency-Key': Type.String({
      pattern: IDEMPOTENCY_KEY_PATTERN,
      description:
        'Makes it safe to send the request again: with the same key, body and parameters it has one effect and one ' +
        'answer. It is kept for as long as the import; a refused request leaves none behind. A dry run has no need of ' +
        'it and ignores it.',
      examples: ['history-2025-11-part-0042'],
    }),
  },
  contentEncoding: {
    'Content-Encoding': Type.Unsafe<string>({
      type: 'string',
      enum: ['identity', 'gzip', 'deflate', 'br'],
      description: 'How the body is compressed. The limit of 5 MB holds for what comes out.',
      examples: ['gzip'],
    }),
  },
};

/** Headers of responses. The required ones come with every response that names them. */
export const responseHeaders = {
  'X-Request-Id': {
    description: 'Names the request in every log line: the X-Request-Id that it came with, or one of ours.',
    required: true,
    schema: Type.String({ minLength: 1, maxLength: 128 }),
    example: 'nightly-import-7',
  },
  'X-Import-Id': {
    description: 'The import that was accepted, or that the request was about.',
    required: true,
    schema: Type.String({ format: 'uuid' }),
    example: '019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f',
  },
  'X-Dry-Run': {
    description: 'Nothing was saved: it was a dry run.',
    schema: Type.Literal('true'),
    example: 'true',
  },
  'Idempotent-Replayed': {
    description: 'The request had been taken before, with the same Idempotency-Key; this is the answer of that import.',
    schema: Type.Literal('true'),
    example: 'true',
  },
  'Preference-Applied': {
    description: 'What of Prefer was followed.',
    schema: Type.String({ pattern: String.raw`^(respond-async|wait=\d+)$` }),
    example: 'respond-async',
  },
  Location: {
    description: 'Where the state of the import is.',
    required: true,
    schema: Type.String({ format: 'uri-reference' }),
    example: '/api/v2/history/imports/019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f',
  },
  'Content-Disposition': {
    description: 'Of CSV: the name of the file to save it in.',
    schema: Type.String({ pattern: '^attachment; filename=' }),
    example: 'attachment; filename="revenue-by-month.csv"',
  },
  'Retry-After': {
    description: 'Seconds after which it is worth asking again.',
    required: true,
    schema: Type.Integer({ minimum: 1 }),
    example: 2,
  },
};

export type ResponseHeader = keyof typeof responseHeaders;
