import { IDEMPOTENCY_KEY_PATTERN, IMPORT_NAME_PATTERN } from '@trackly/contract';
import { Type } from '@sinclair/typebox';

/** Headers of requests, for the description only: the plugins and routes that read them check them. */
export const requestHeaders = {
  requestId: {
    'X-Request-Id': Type.String({
      description:
        'Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing ' +
        'or invalid id with one of its own. The id is in the answer and in every log line about the request.',
      examples: ['nightly-import-7'],
    }),
  },
  prefer: {
    Prefer: Type.String({
      description:
        'How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits ' +
        'for up to N seconds. The default is 25 seconds. Other preferences are ignored.',
      examples: ['respond-async'],
    }),
  },
  idempotencyKey: {
    'Idempotency-Key': Type.String({
      pattern: IDEMPOTENCY_KEY_PATTERN,
      description:
        'Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it ' +
        'has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the ' +
        'import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.',
      examples: ['history-2025-11-part-0042'],
    }),
  },
  importSource: {
    'Import-Name': Type.String({
      pattern: IMPORT_NAME_PATTERN,
      description:
        'The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % ' +
        'itself, as UTF-8.',
      examples: ['history-2024.csv'],
    }),
    'Import-Fingerprints': Type.String({
      description:
        'Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of ' +
        '16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept ' +
        'for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of ' +
        'them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the ' +
        'earlier import, after the retention time. They need Import-Name.',
      examples: ['q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg'],
    }),
    'Import-Again': Type.Unsafe<string>({
      type: 'string',
      enum: ['true', 'false'],
      description: 'Whether to import the records even if their fingerprints are known.',
      examples: ['true'],
    }),
  },
  contentEncoding: {
    'Content-Encoding': Type.Unsafe<string>({
      type: 'string',
      enum: ['identity', 'gzip', 'x-gzip', 'deflate', 'br'],
      description: 'How the body is compressed. The limit of 5 MB applies to the decompressed body.',
      examples: ['gzip'],
    }),
  },
};

/** Headers of responses. A response that lists a required header always has it. */
export const responseHeaders = {
  'X-Request-Id': {
    description:
      'The id of the request in every log line: the X-Request-Id of the request, or one made by the service.',
    required: true,
    schema: Type.String({ minLength: 1, maxLength: 128 }),
    example: 'nightly-import-7',
  },
  'X-Import-Id': {
    description:
      'The id of the import that was accepted, that the request names, or that has brought the same records before.',
    required: true,
    schema: Type.String({ format: 'uuid' }),
    example: '019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f',
  },
  'X-Dry-Run': {
    description: 'The request was a dry run: nothing was saved.',
    schema: Type.Literal('true'),
    example: 'true',
  },
  'Import-Notices': {
    description:
      'What else there is to say about the records: numbers of records by name, as in `dated_before_message=12`, separated ' +
      'by commas. `dated_before_message`, of a dry run: records dated before their message was sent. `records_not_kept`: ' +
      'rejected records that the service does not keep, because they are too large or too many. The code of a warning: ' +
      'records that have it. Absent if there is nothing to say.',
    schema: Type.String({ pattern: String.raw`^[a-z_]+=[1-9]\d*(, [a-z_]+=[1-9]\d*)*$` }),
    example: 'dated_before_message=12',
  },
  'Idempotent-Replayed': {
    description: 'The same request was accepted before under this Idempotency-Key. This is the answer to that import.',
    schema: Type.Literal('true'),
    example: 'true',
  },
  'Preference-Applied': {
    description: 'The preference that the service has followed.',
    schema: Type.String({ pattern: String.raw`^(respond-async|wait=\d+)$` }),
    example: 'respond-async',
  },
  Location: {
    description: 'The address of the state of the import.',
    required: true,
    schema: Type.String({ format: 'uri-reference' }),
    example: '/api/v2/history/imports/019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f',
  },
  'Content-Disposition': {
    description: 'A file name for the CSV.',
    schema: Type.String({ pattern: '^attachment; filename=' }),
    example: 'attachment; filename="revenue-by-month.csv"',
  },
  'Retry-After': {
    description: 'Seconds to wait before asking again.',
    required: true,
    schema: Type.Integer({ minimum: 1 }),
    example: 2,
  },
};

export type ResponseHeader = keyof typeof responseHeaders;
