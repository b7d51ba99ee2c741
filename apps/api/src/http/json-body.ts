import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';

import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import type { Budget } from '../load/budget.ts';
import { decompressed } from './decompression.ts';
import { withoutDenseValues } from './dense-json.ts';
import { readBody } from './read-body.ts';
import { RequestError } from './request-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Gives the memory of the body back. Call it when the body is no longer needed. */
    releaseBody: (() => void) | undefined;
  }
}

export interface JsonBodyOptions {
  memory: Budget;
  /** Of a body as it is sent, and decompressed. */
  limitBytes: number;
}

/**
 * Reads JSON bodies, and parses each when it is its request's turn. They must be UTF-8 (RFC 8259, section 8.1): other
 * bytes would be replaced silently.
 */
export const jsonBody = plugin<JsonBodyOptions>((app, { memory, limitBytes }, done) => {
  const parseJson = app.getDefaultJsonParser('ignore', 'ignore');

  app.decorateRequest('releaseBody', undefined);
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => request.releaseBody?.());
  });
  app.addContentTypeParser('application/json', (request, payload, parsed) => {
    readText(request, payload).then((text) => void parseJson(request, text, parsed), parsed);
  });

  async function readText(request: FastifyRequest, payload: IncomingMessage): Promise<string> {
    const { headers, requester, decompress } = request;
    if (!isSentAsUtf8(headers['content-type'])) throw new RequestError('unsupported_media_type');
    using body = await readBody(payload, { memory, requester, limitBytes });
    const { bytes: sent, holding } = body;
    request.releaseBody = () => holding.release();
    await request.takeTurn();
    if (!decompress) return toText(request, sent);
    const bytes = await decompressed(sent, decompress, limitBytes);
    const shortage = holding.grow(bytes.length);
    if (shortage) throw new RequestError(shortage);
    return toText(request, bytes);
  }
  done();
});

/** @throws RequestError `invalid_json`, `too_many_records` */
function toText(request: FastifyRequest, bytes: Buffer): string {
  if (!isUtf8(bytes)) throw notUtf8(bytes);
  request.idempotency?.hash.update(bytes);
  const body = withoutDenseValues(bytes);
  if (!body) throw new RequestError('too_many_records');
  return body.toString();
}

function isSentAsUtf8(contentType: string | undefined): boolean {
  if (!contentType?.includes(';')) return true;
  try {
    return /^utf-?8$/i.test(new MIMEType(contentType).params.get('charset') ?? 'utf-8');
  } catch {
    return false;
  }
}

function notUtf8(body: Buffer): RequestError {
  const decoded = Buffer.from(body.toString());
  let same = 0;
  while (same < body.length && body[same] === decoded[same]) same += 1;
  // A body that ends within a character may differ only in what is missing.
  const place = Math.min(same + 1, body.length);
  const text =
    `The body is not UTF-8, as JSON must be: see byte ${place} of the decompressed body. Convert it, for example with ` +
    'iconv -f WINDOWS-1252 -t UTF-8.';
  return new RequestError('invalid_json', text);
}
