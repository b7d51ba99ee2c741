import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type InputType, type ZlibOptions } from 'node:zlib';

import plugin from 'fastify-plugin';

import { RequestError } from './request-error.ts';

type Decompress = (bytes: InputType, options: Pick<ZlibOptions, 'maxOutputLength'>) => Promise<Buffer>;

const codings = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

declare module 'fastify' {
  interface FastifyRequest {
    /** Decompresses the body; undefined if it is not compressed. */
    decompress: Decompress | undefined;
  }
}

/**
 * Reads how bodies are compressed. Coding names are case-insensitive, `identity` means no coding, and `x-gzip` is `gzip`
 * (RFC 9110, section 8.4).
 */
export const decompression = plugin((app, _options, done) => {
  app.decorateRequest('decompress', undefined);
  app.addHook('preParsing', async (request, _reply, payload) => {
    const coding = request.headers['content-encoding']?.toLowerCase() || 'identity';
    request.decompress = codings.get(coding);
    if (!request.decompress && coding !== 'identity') throw new RequestError('unsupported_media_type');
    return payload;
  });
  done();
});

/**
 * Decompresses a whole body on another thread. Not while it arrives: a decoder takes up to 16 MiB, as long as a client
 * likes.
 *
 * @throws RequestError `payload_too_large`, or `invalid_json` if it is not compressed in this way
 */
export async function decompressed(bytes: Buffer, decompress: Decompress, limitBytes: number): Promise<Buffer> {
  try {
    return await decompress(bytes, { maxOutputLength: limitBytes });
  } catch (error) {
    const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new RequestError(isTooLarge ? 'payload_too_large' : 'invalid_json');
  }
}
