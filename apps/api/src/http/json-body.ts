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
    if (!isUtf8(body)) return parsed(new RequestError('invalid_json', 'The body is not UTF-8; JSON must be.'));
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
