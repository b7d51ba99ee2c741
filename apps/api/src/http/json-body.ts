import { isUtf8 } from 'node:buffer';
import { MIMEType } from 'node:util';

import plugin from 'fastify-plugin';

import { RequestError } from './request-error.ts';

/** Reads JSON bodies. They must be UTF-8 (RFC 8259, section 8.1): other bytes would be replaced silently. */
export const jsonBody = plugin((app, _options, done) => {
  app.addHook('onRequest', async ({ headers }) => {
    if (!isSentAsUtf8(headers['content-type'])) throw new RequestError('unsupported_media_type');
  });

  const parseJson = app.getDefaultJsonParser('ignore', 'ignore');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, parsed) => {
    if (!isUtf8(body)) return parsed(notUtf8(body));
    request.idempotency?.hash.update(body);
    void parseJson(request, body.toString(), parsed);
  });
  done();
});

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
