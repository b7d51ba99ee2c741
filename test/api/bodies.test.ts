import { request as httpRequest } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, deflate, gzip } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { post, REVENUE_PATH } from '../support/http.ts';
import { HANGS_AFTER_MS } from '../support/limits.ts';
import { useStack } from '../support/suite.ts';

const LIMIT = 5 * 1024 * 1024;
const BODY = '{"records":[{"message_id":"m0","offer_id":"o0","revenue":1}]}';

const tooLarge = {
  error: 'The body exceeds 5 MB after decompression; send fewer records per request.',
  code: 'payload_too_large',
};
const unsupported = {
  error: 'Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br.',
  code: 'unsupported_media_type',
};

/** On other threads: the API runs in this one, and refuses what comes while it is held up. */
const encodings = {
  gzip: promisify<string | Buffer, Buffer<ArrayBuffer>>(gzip),
  deflate: promisify<string | Buffer, Buffer<ArrayBuffer>>(deflate),
  br: promisify<string | Buffer, Buffer<ArrayBuffer>>(brotliCompress),
};

const notUtf8 = (byte: number) => ({
  error: expect.stringMatching(`^The body is not UTF-8, as JSON must be: see byte ${byte} of .* with iconv -f `),
  code: 'invalid_json',
});

const stack = useStack();

describe.for(Object.entries(encodings))('a body in %s', ([encoding, compress]) => {
  const send = (body: Uint8Array<ArrayBuffer>, coding = encoding) =>
    post(stack().url, body, { apiKey: stack().account.apiKey, headers: { 'content-encoding': coding } });

  test('is read', async () => {
    expect(await send(await compress(BODY))).toMatchObject({ status: 200, json: { success_count: 1 } });
    expect(await send(await compress(BODY), encoding.toUpperCase())).toMatchObject({ status: 200 });
  });

  test('must be UTF-8', async () => {
    const body = await compress(Buffer.from(BODY.replace('m0', 'é'), 'latin1'));
    expect(await send(body)).toMatchObject({ status: 400, json: notUtf8(BODY.indexOf('m0') + 1) });
  });

  test('of exactly 5 MB is read', async () => {
    expect(await send(await compress(BODY.padEnd(LIMIT)))).toMatchObject({ status: 200, json: { success_count: 1 } });
  });

  test('of more than 5 MB is refused', async () => {
    expect(await send(await compress(BODY.padEnd(LIMIT + 1)))).toMatchObject({ status: 413, json: tooLarge });
  });

  test('that is a zip bomb is refused', async () => {
    const bomb = await compress(' '.repeat(64 * 1024 * 1024));
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(await send(bomb)).toMatchObject({ status: 413, json: tooLarge });
  });

  test('that is cut off or no such thing is not valid JSON', async () => {
    const invalidJson = { status: 400, json: { code: 'invalid_json' } };
    expect(await send((await compress(BODY)).subarray(0, -9))).toMatchObject(invalidJson);
    expect(await send(Buffer.from(BODY))).toMatchObject(invalidJson);
  });
});

test('a body in x-gzip is read as gzip', async () => {
  const headers = { 'content-encoding': 'x-gzip' };
  const answer = await post(stack().url, await encodings.gzip(BODY), { apiKey: stack().account.apiKey, headers });
  expect(answer).toMatchObject({ status: 200, json: { success_count: 1 } });
});

describe('a plain body', () => {
  const send = (body: string, headers: Record<string, string> = {}) =>
    post(stack().url, body, { apiKey: stack().account.apiKey, headers });

  test('of exactly 5 MB is read', async () => {
    expect(await send(BODY.padEnd(LIMIT))).toMatchObject({ status: 200 });
  });

  test('of more than 5 MB is refused', async () => {
    expect(await send(BODY.padEnd(LIMIT + 1))).toMatchObject({ status: 413, json: tooLarge });
  });

  test('may say that it is not compressed', async () => {
    expect(await send(BODY, { 'content-encoding': 'Identity' })).toMatchObject({ status: 200 });
  });

  test('is counted in bytes, not in characters', async () => {
    expect(await send(BODY.padEnd(LIMIT / 2, 'é'))).toMatchObject({ status: 400 });
    expect(await send(BODY.padEnd(LIMIT / 2 + BODY.length, 'é'))).toMatchObject({ status: 413 });
  });

  test.for([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; charset=utf8',
    'application/json; version=1',
    'APPLICATION/JSON',
  ])('is read as %s', async (type) => {
    expect(await send(BODY, { 'content-type': type })).toMatchObject({ status: 200 });
  });

  describe('in UTF-8', () => {
    const [before = '', after = ''] = BODY.split('m0');
    const sendWith = (bytes: Buffer) =>
      post(stack().url, new Uint8Array(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)])), {
        apiKey: stack().account.apiKey,
      });

    test.for(['é', '€', '😀', '\uFFFD', '\uFFFF', '\u{10ffff}', 'e\u0301'])('may have %j', async (text) => {
      const answer = await sendWith(Buffer.from(text));
      expect(answer).toMatchObject({ status: 200, json: { errors: [{ code: 'message_not_found' }] } });
    });

    test.for([
      ['é in Latin-1', 'e9'],
      ['a lone continuation byte', '80'],
      ['two overlong bytes', 'c0af'],
      ['an overlong NUL', 'c080'],
      ['a surrogate', 'eda080'],
      ['a pair of surrogates', 'eda0bdedb880'],
      ['more than U+10FFFF', 'f4908080'],
      ['a character that is cut off', 'e282'],
      ['the byte order mark of UTF-16', 'fffe'],
    ] as const)('has no %s', async ([, hex]) => {
      const answer = await sendWith(Buffer.from(hex, 'hex'));
      expect(answer).toMatchObject({ status: 400, json: notUtf8(before.length + 1) });
    });

    test('may begin with a byte order mark, but does not end within a character', async () => {
      const { url, account } = stack();
      const ask = (...parts: Buffer[]) => post(url, new Uint8Array(Buffer.concat(parts)), { apiKey: account.apiKey });
      expect(await ask(Buffer.from(`\uFEFF${BODY}`))).toMatchObject({ status: 200, json: { success_count: 1 } });
      const cutOff = await ask(Buffer.from(BODY), Buffer.from('efbf', 'hex'));
      expect(cutOff).toMatchObject({ status: 400, json: notUtf8(BODY.length + 2) });
    });

    test('is what a strict decoder takes, whatever the bytes', async () => {
      const byte = fc.oneof(
        fc.integer({ min: 0x20, max: 0xff }),
        fc.constantFrom(0x80, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4),
      );
      const quoteless = byte.filter((each) => each !== 0x22 && each !== 0x5c);
      const property = fc.asyncProperty(fc.array(quoteless, { minLength: 1, maxLength: 6 }), async (bytes) => {
        const answer = await sendWith(Buffer.from(bytes));
        expect(answer.status).toBe(isUtf8(bytes) ? 200 : 400);
      });
      await fc.assert(property, { numRuns: 200 });
    });
  });

  test.for([
    { 'content-type': 'text/plain' },
    { 'content-type': 'text/csv' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/xml' },
    { 'content-type': 'nonsense' },
    { 'content-type': 'application/json; charset=iso-8859-1' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-encoding': 'zstd' },
    { 'content-encoding': 'compress' },
    { 'content-encoding': 'gzip, gzip' },
    { 'content-encoding': 'nonsense' },
  ])('with %o is refused', async (headers: Record<string, string>) => {
    expect(await send(BODY, headers)).toMatchObject({ status: 415, json: unsupported });
  });
});

describe('before the body is read', () => {
  /** Announces a body and never sends it: only a server that does not wait for it answers. */
  async function announce(apiKey: string | undefined): Promise<number | undefined> {
    const request = httpRequest(stack().url + REVENUE_PATH, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': LIMIT,
        ...(apiKey && { 'x-api-key': apiKey }),
      },
    });
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    request.on('response', (response) => resolve(response.statusCode));
    request.on('error', reject);
    request.setTimeout(HANGS_AFTER_MS, () => request.destroy(new Error('The server waits for the body.')));
    request.flushHeaders();
    return promise.finally(() => request.destroy());
  }

  test('a missing or unknown key is refused', async () => {
    expect(await announce(undefined)).toBe(401);
    expect(await announce(`trk_${'0'.repeat(32)}`)).toBe(401);
  });

  test('a suspended account is refused', async () => {
    const { database } = stack();
    const account = await addAccount(database.sql);
    await database.sql.query('UPDATE accounts SET suspended_at = now() WHERE id = $1', [account.id]);
    expect(await announce(account.apiKey)).toBe(403);
  });
});

function isUtf8(bytes: readonly number[]): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
    return true;
  } catch {
    return false;
  }
}
