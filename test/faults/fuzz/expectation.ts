import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

import { RevenueModel } from '../../model/revenue-model.ts';
import type { Endpoint, FuzzAccount } from './endpoints.ts';
import { foreseeErrors, isNothing, type ForeseenError } from './foresee.ts';
import { received, type FuzzRequest } from './requests.ts';

/** What the contract says about a request, found without the product's code. */
export type Expectation =
  | ({ kind: 'imported' } & Foreseen)
  /** For one of these reasons, whichever is found first. */
  | { kind: 'refused'; codes: readonly string[] }
  /** The contract leaves it open. */
  | { kind: 'open' };

/** What the result of an import must say: all of it, or what does not depend on other requests. */
export interface Foreseen {
  recordCount: number;
  body?: string;
  /** Of records that are rejected, whatever else there is. */
  errors?: ForeseenError[];
}

/** Of a body, before and after decompression. */
export const LIMIT_BYTES = 5 * 1024 * 1024;
const MAX_RECORDS = 1000;

/** Foresees the answer to a request that comes alone, or among others of which none has its idempotency key. */
export function expectationOf(request: FuzzRequest, endpoint: Endpoint): Expectation {
  const { method, path, headers } = request;
  if (!endpoint.paths.includes(path) && !isOfOne(request, endpoint)) return { kind: 'open' };
  if (method !== 'POST') return refused('method_not_allowed');
  const apiKey = received(headers['x-api-key']);
  if (apiKey !== endpoint.apiKey) return refused(apiKey ? 'invalid_api_key' : 'missing_api_key');

  const codes = [idempotencyKeyError(headers['idempotency-key'])];
  const mediaType = mediaTypeOf(headers['content-type']);
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (mediaType === 'unclear' || !(Object.hasOwn(decoders, encoding) || UNSUPPORTED_ENCODINGS.has(encoding)))
    return { kind: 'open' };
  if (mediaType === 'other' || UNSUPPORTED_ENCODINGS.has(encoding)) codes.push('unsupported_media_type');
  if (request.body.length > LIMIT_BYTES) codes.push('payload_too_large');

  const json = jsonOf(request.body, encoding);
  const records = 'codes' in json ? json : recordsOf(json.value, request, endpoint);
  if ('codes' in records) codes.push(...records.codes);
  const reasons = codes.filter((code) => code !== undefined);
  if (reasons.length > 0 || 'codes' in records) return refused(...reasons);
  const { kind } = endpoint;
  const known =
    kind === 'revenue' ? { body: answerTo(records, endpoint) } : { errors: foreseeErrors(kind, records, endpoint) };
  return { kind: 'imported', recordCount: records.length, ...known };
}

/** Whether it brings one record, without a list. */
export function isOfOne({ path }: FuzzRequest, { one }: Endpoint): boolean {
  return one?.paths.includes(path) ?? false;
}

function refused(...codes: string[]): Expectation {
  return { kind: 'refused', codes };
}

function idempotencyKeyError(key: string | undefined): string | undefined {
  return key === undefined || /^[\x20-\x7e]{1,255}$/.test(received(key) ?? '') ? undefined : 'invalid_idempotency_key';
}

/** JSON with parameters that mean something is JSON; with others, either answer is right. */
function mediaTypeOf(header: string | undefined): 'json' | 'other' | 'unclear' {
  const [type = '', ...parameters] = (received(header) ?? '').toLowerCase().split(';');
  if (type !== 'application/json') return type.startsWith('application/json') ? 'unclear' : 'other';
  if (parameters.some((parameter) => / charset="?(utf-16|latin1)/.test(parameter))) return 'other';
  return parameters.length === 0 || parameters.join() === ' charset=utf-8' ? 'json' : 'unclear';
}

const UNSUPPORTED_ENCODINGS = new Set(['zstd', 'gzip, gzip', 'constructor', 'raw']);
const options = { maxOutputLength: LIMIT_BYTES };
const decoders: Record<string, (body: Uint8Array) => Uint8Array> = {
  identity: (body) => body,
  gzip: (body) => gunzipSync(body, options),
  'x-gzip': (body) => gunzipSync(body, options),
  deflate: (body) => inflateSync(body, options),
  br: (body) => brotliDecompressSync(body, options),
};

type Refused = { codes: string[] };

function jsonOf(body: Uint8Array, encoding: string): { value: unknown } | Refused {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(decoders[encoding]?.(body) ?? body);
  } catch (error) {
    // One that is cut off after more than the limit is both.
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { codes: isTooLarge ? ['payload_too_large', 'invalid_json'] : ['invalid_json'] };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { codes: ['invalid_json'] };
  }
}

function recordsOf(value: unknown, request: FuzzRequest, endpoint: Endpoint): unknown[] | Refused {
  const { list, missing, tooMany, one } = endpoint;
  const fields = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  if (isOfOne(request, endpoint)) {
    const required = one?.required;
    return required === undefined || !isNothing(fields.get(required)) ? [value] : { codes: [`missing_${required}`] };
  }
  const records = fields.get(list);
  if (!Array.isArray(records) || records.length === 0) return { codes: [missing] };
  return records.length > MAX_RECORDS ? { codes: [tooMany] } : records;
}

function answerTo(records: readonly unknown[], { messageIds, orphanId, offerIds }: FuzzAccount): string {
  const model = new RevenueModel({
    contactCount: 1,
    messages: [...messageIds.map((id) => ({ id, contact: 0 })), { id: orphanId, contact: undefined }],
    offers: offerIds.map((id) => ({ id, externalId: undefined })),
  });
  return model.importRecords(records, new Date().toISOString()).body;
}
