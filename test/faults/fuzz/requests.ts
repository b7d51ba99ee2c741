import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';

import { bodies, edited, oneBodies } from './bodies.ts';
import type { Endpoint } from './endpoints.ts';

/** A request as it goes over the wire. */
export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  /** Whether it comes in chunks, without Content-Length. */
  chunked: boolean;
}

/** A field's value as it arrives: HTTP cuts off spaces and tabs, and nothing else. */
export function received(value: string | undefined): string | undefined {
  return value?.replaceAll(/^[ \t]+|[ \t]+$/g, '');
}

const OTHER_TARGETS: [method: string, path: string][] = [
  ['GET', '/api/v2/history/revenue'],
  ['PUT', '/api/v2/history/revenue'],
  ['DELETE', '/v2/history/revenue'],
  ['PATCH', '/v2/history/revenue'],
  ['OPTIONS', '/api/v2/history/revenue'],
  ['POST', '/api/v2/history/revenue//'],
  ['POST', '/api/v2//history/revenue'],
  ['POST', '/API/v2/history/revenue'],
  ['POST', '/api/v2/history/%72evenue%00'],
  ['POST', '/%zz'],
  ['POST', '/%ff'],
  ['POST', `/${'a'.repeat(4000)}`],
  ['GET', '/api/v2/history/imports//'],
  ['GET', '/api/v2/history/imports/00000000-0000-7000-8000-000000000000'],
  ['GET', '/api/v2/history/imports/%00'],
  ['GET', "/v2/history/imports/1'%20OR%201=1"],
  ['GET', `/v2/history/imports/${'x'.repeat(200)}`],
  ['POST', '/api/v2/history/imports/00000000-0000-7000-8000-000000000000'],
];

const CONTENT_TYPES = [
  [
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/json;',
    'application/json;charset=',
    ' application/json',
  ],
  [
    'application/json; charset="utf-16"',
    'application/json; charset=latin1',
    'application/json;;;=;',
    'application/json, text/html',
  ],
  [
    'application/jsonx',
    'application/problem+json',
    'text/json',
    'text/plain',
    'multipart/form-data',
    '*/*',
    'json',
    '/',
    ';',
    '',
  ],
  [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=',
    'application/json\xff',
    'application/json; a="\\',
    '"',
  ],
].flat();

const ENCODING_LABELS = [
  'gzip',
  'deflate',
  'br',
  'identity',
  'GZIP',
  'x-gzip',
  'zstd',
  'gzip, gzip',
  '',
  'constructor',
  '\xff',
];
const PREFERENCES = [
  [
    'respond-async',
    'wait=0',
    'wait=1',
    'wait=-1',
    'wait=abc',
    'wait=1e9',
    `wait=${'9'.repeat(400)}`,
    'wait',
    'wait=',
    'wait="2"',
  ],
  [
    'respond-async, wait=5',
    'RESPOND-ASYNC',
    'respond-async; x=y',
    ',,,',
    'return=minimal',
    '\xff\xfe',
    'x'.repeat(3000),
    '',
  ],
].flat();

const compressors = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, raw: deflateRawSync };
const ALGORITHMS = ['gzip', 'deflate', 'br', 'raw'] as const;
const JUST_OVER_LIMIT = Buffer.alloc(5 * 1024 * 1024 + 1, ' ');
const bombs = (['gzip', 'deflate', 'br'] as const).flatMap((algorithm) =>
  [JUST_OVER_LIMIT, Buffer.alloc(8 * 1024 * 1024, '[')].map((bytes) => ({
    label: algorithm,
    bytes: new Uint8Array(compressors[algorithm](bytes)),
  })),
);

interface Encoded {
  label: string | undefined;
  bytes: Uint8Array;
}

function encodedBodies(plain: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Encoded> {
  const compressed = fc.tuple(fc.constantFrom(...ALGORITHMS), plain).map(([algorithm, body]) => ({
    label: algorithm,
    bytes: new Uint8Array(compressors[algorithm](body)),
  }));
  const label = fc.constantFrom(...ENCODING_LABELS);
  const corrupted = compressed.chain((encoded) =>
    edited(fc.constant(encoded.bytes)).map((bytes) => ({ label: encoded.label, bytes })),
  );
  return fc.oneof(
    { arbitrary: plain.map((bytes) => ({ label: undefined, bytes })), weight: 8000 },
    { arbitrary: compressed, weight: 800 },
    { arbitrary: corrupted, weight: 800 },
    { arbitrary: fc.tuple(compressed, label).map(([{ bytes }, other]) => ({ label: other, bytes })), weight: 200 },
    { arbitrary: fc.tuple(plain, label).map(([bytes, other]) => ({ label: other, bytes })), weight: 200 },
    { arbitrary: fc.constantFrom(...bombs), weight: 15 },
    { arbitrary: fc.constant({ label: undefined, bytes: new Uint8Array(JUST_OVER_LIMIT) }), weight: 2 },
  );
}

/** Field values that HTTP allows: tab, printable ASCII and the bytes above it, which Node writes as Latin-1. */
const fieldValues = fc
  .array(fc.oneof({ arbitrary: fc.integer({ min: 0x20, max: 0x7e }), weight: 9 }, fc.integer({ min: 0x80, max: 0xff })))
  .map((codes) => String.fromCharCode(...codes));
const idempotencyKeys = fc.oneof(
  fc.nat({ max: 50 }).map((number) => `key-${number}`),
  fc.constantFrom('', ' ', 'x'.repeat(255), 'x'.repeat(256), 'x'.repeat(5000), 'caf\xe9', 'a\tb', '"quoted"', "'; --"),
  fieldValues,
);
const requestIds = fc.oneof(fc.constantFrom('', 'mine', 'x'.repeat(128), 'x'.repeat(129), 'a b', '<b>'), fieldValues);

const sometimes = <T>(values: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: oneIn - 1 }, { arbitrary: values, weight: 1 });

/** Requests with anything in body and headers; most reach the part that reads bodies. */
export function fuzzRequests(endpoint: Endpoint): fc.Arbitrary<FuzzRequest> {
  const { apiKey, kind, paths, one } = endpoint;
  const wrongKeys = fc.constantFrom(
    '',
    'x',
    `trk_${'0'.repeat(32)}`,
    ` ${apiKey}x`,
    apiKey.toLowerCase(),
    '\xff',
    'x'.repeat(3000),
  );
  const headers = fc.record({
    'x-api-key': sometimes(wrongKeys, 50).map((key) => key ?? apiKey),
    'content-type': sometimes(fc.constantFrom(...CONTENT_TYPES), 12).map((type) => type ?? 'application/json'),
    'idempotency-key': sometimes(idempotencyKeys, 8),
    prefer: sometimes(fc.constantFrom(...PREFERENCES), 10),
    'x-request-id': sometimes(requestIds, 8),
    accept: sometimes(fc.constantFrom('*/*', 'text/html', 'application/xml', ''), 20),
    'accept-encoding': sometimes(fc.constantFrom('gzip, br', '*', 'identity;q=0', '\xff'), 20),
  });
  const target = kind === 'revenue' ? sometimes(fc.constantFrom(...OTHER_TARGETS), 30) : fc.constant(undefined);
  const ofList = fc.tuple(fc.constantFrom(...paths), encodedBodies(bodies(endpoint)));
  const ofOne = one && fc.tuple(fc.constantFrom(...one.paths), encodedBodies(oneBodies(endpoint)));
  return fc
    .tuple(headers, ofOne ? fc.oneof(ofList, ofOne) : ofList, target, sometimes(fc.constant(true), 10))
    .map(([fields, [path, { label, bytes }], other, chunked]) => {
      const [method, otherPath] = other ?? ['POST', path];
      const all: [string, string | undefined][] = Object.entries({ ...fields, 'content-encoding': label });
      return {
        method,
        path: otherPath,
        headers: Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined)),
        body: bytes,
        chunked: chunked ?? false,
      };
    });
}
