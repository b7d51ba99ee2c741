import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { errorOf, reply, useScript } from '../../../test/support/scripted-client.ts';
import type { Handler } from '../../../test/support/scripted-server.ts';
import { LONGEST_ANSWER, readText } from './read-text.ts';

const PIECE = Buffer.alloc(64 * 1024, ' ');
const OUTCOME = '{"success_count":1,"error_count":0,"total_revenue":1,"errors":[]}';
const { clientOf, received } = useScript();

/** Answers with a body that ends when the client goes. */
const endless =
  (status: number): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'r' });
    fill(response);
  };

function fill(response: ServerResponse): void {
  while (!response.destroyed && response.write(PIECE));
  if (!response.destroyed) response.once('drain', () => fill(response));
}

describe('an answer', () => {
  test('that does not end is not read on', async () => {
    const client = await clientOf([endless(200)]);
    const error = await errorOf(client.importRecords('revenue', [{ message_id: 'm', offer_id: 'o', revenue: 1 }]));
    expect(error).toMatchObject({ code: 'answer_too_long', status: 200, requestId: 'r', mayBeImported: true });
    expect(error.message).toContain('longer than 16 MiB: check the url');
    expect(received).toHaveLength(1);
  });

  test('is measured after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(LONGEST_ANSWER + 1, ' '));
    const client = await clientOf([
      (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    ]);
    expect(await errorOf(client.getImport('i'))).toMatchObject({ code: 'answer_too_long' });
  });

  test('of a proxy that does not end counts by its status', async () => {
    const client = await clientOf([endless(502), reply(200, OUTCOME)]);
    const sent = client.importRecords('revenue', [{ message_id: 'm', offer_id: 'o', revenue: 1 }]);
    expect(await sent).toMatchObject({ success_count: 1 });
    const refused = await clientOf([endless(404)]);
    expect(await errorOf(refused.getImport('i'))).toMatchObject({ code: 'http_404', status: 404 });
  });

  test('is read whole up to the limit, characters that come in pieces included', async () => {
    const bytes = Buffer.from(`\uFEFF${'é😀'.repeat(1000)}`);
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await readText(new Response(ReadableStream.from(pieces)))).toBe('é😀'.repeat(1000));
    expect(await readText(new Response(new Uint8Array(LONGEST_ANSWER).fill(32)))).toHaveLength(LONGEST_ANSWER);
    expect(await readText(new Response(new Uint8Array(LONGEST_ANSWER + 1)))).toBeUndefined();
    expect(await readText(new Response(null, { status: 204 }))).toBe('');
  });
});
