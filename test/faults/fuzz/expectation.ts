import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

import { RevenueModel } from '../../model/revenue-model.ts';
import { PATHS, received, type FuzzAccount, type FuzzRequest } from './requests.ts';

/** What the contract says about a request, found without the product's code. */
export type Expectation =
  | { kind: 'imported'; body: string; recordCount: number }
  /** For one of these reasons, whichever is found first. */
  | { kind: 'refused'; codes: readonly string[] }
  /** The contract leaves it open. */
  | { kind: 'open' };

/** Of a body, before and after decompression. */
export const LIMIT_BYTES = 5 * 1024 * 1024;
const MAX_RECORDS = 1000;

/** Foresees the answer to a request that comes alone, or among others of which none has its idempotency key. */
export function expectationOf(request: FuzzRequest, account: FuzzAccount): Expectation {
  const { method, path, headers } = request;
  if (!PATHS.includes(path)) return { kind: 'open' };
  if (method !== 'POST') return refused('method_not_allowed');
  const apiKey = received(headers['x-api-key']);
  if (apiKey !== account.apiKey) return refused(apiKey ? 'invalid_api_key' : 'missing_api_key');

  const codes = [idempotencyKeyError(headers['idempotency-key'])];
  const mediaType = mediaTypeOf(headers['content-type']);
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (mediaType === 'unclear' || !(Object.hasOwn(decoders, encoding) || UNSUPPORTED_ENCODINGS.has(encoding)))
    return { kind: 'open' };
  if (mediaType === 'other' || UNSUPPORTED_ENCODINGS.has(encoding)) codes.push('unsupported_media_type');
  if (request.body.length > LIMIT_BYTES) codes.push('payload_too_large');

  const records = recordsOf(request.body, encoding);
  if (!Array.isArray(records)) codes.push(...records.codes);
  const reasons = codes.filter((code) => code !== undefined);
  if (reasons.length > 0 || !Array.isArray(records)) return refused(...reasons);
  return { kind: 'imported', body: answerTo(records, account), recordCount: records.length };
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

function recordsOf(body: Uint8Array, encoding: string): unknown[] | { codes: string[] } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(decoders[encoding]?.(body) ?? body);
  } catch (error) {
    // One that is cut off after more than the limit is both.
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { codes: isTooLarge ? ['payload_too_large', 'invalid_json'] : ['invalid_json'] };
  }
  try {
    const value: unknown = JSON.parse(text);
    const records = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get('records') : [];
    if (!Array.isArray(records) || records.length === 0) return { codes: ['missing_records'] };
    return records.length > MAX_RECORDS ? { codes: ['too_many_records'] } : records;
  } catch {
    return { codes: ['invalid_json'] };
  }
}

function answerTo(records: readonly unknown[], { messageIds, orphanId, offerIds }: FuzzAccount): string {
  const model = new RevenueModel({
    contactCount: 1,
    messages: [...messageIds.map((id) => ({ id, contact: 0 })), { id: orphanId, contact: undefined }],
    offers: offerIds.map((id) => ({ id, externalId: undefined })),
  });
  return model.importRecords(records, new Date().toISOString()).body;
}
