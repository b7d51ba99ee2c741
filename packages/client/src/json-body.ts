import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Smaller bodies fit into one packet anyway. */
const WORTH_COMPRESSING_BYTES = 1024;

/** Level 1 compresses 1,000 records to a quarter in 1 ms. The default, 6, takes 2 to 4 ms to save another tenth. */
const LEVEL = 1;

const compress = promisify(gzip);

/** The bytes of a body, and the headers that describe them. */
export interface JsonBody {
  bytes: Uint8Array<ArrayBuffer>;
  headers: { 'content-encoding'?: 'gzip' };
}

/** Serializes a value as JSON, and compresses it if it is large enough. */
export async function toJsonBody(value: unknown): Promise<JsonBody> {
  const bytes = Buffer.from(JSON.stringify(value));
  if (bytes.length < WORTH_COMPRESSING_BYTES) return { bytes, headers: {} };
  return { bytes: await compress(bytes, { level: LEVEL }), headers: { 'content-encoding': 'gzip' } };
}
