import fc from 'fast-check';

import { edited } from './bodies.ts';
import type { FuzzAccount } from './endpoints.ts';

/** Bytes for a connection of their own. */
export interface RawExchange {
  parts: readonly Uint8Array[];
  /** How the client leaves once all is written: "end" still reads, "destroy" does not. */
  leaving: 'end' | 'destroy';
}

const BODY = '{"records":[{}]}';

/** HTTP that breaks its rules, and HTTP that keeps them in an unusual way. */
export function malformedExchanges({ apiKey }: Pick<FuzzAccount, 'apiKey'>): fc.Arbitrary<RawExchange> {
  const head = (...lines: string[]) => ['Host: localhost', `X-Api-Key: ${apiKey}`, ...lines];
  const json = (...lines: string[]) => head('Content-Type: application/json', ...lines);
  const post = (lines: readonly string[], body: string) =>
    `POST /api/v2/history/revenue HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
  const sized = (length: number | string, body: string) => post(json(`Content-Length: ${length}`), body);
  const chunked = (body: string) => post(json('Transfer-Encoding: chunked'), body);
  const valid = sized(BODY.length, BODY);

  const requestLines = [
    [
      '',
      ' ',
      'GET',
      'GET /',
      'GET / HTTP/9.9',
      'GET / HTTP/1.1 extra',
      'G\0T / HTTP/1.1',
      'get / HTTP/1.1',
      '/ HTTP/1.1',
    ],
    [
      'PRI * HTTP/2.0',
      'FOO / HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET //\\ HTTP/1.1',
      'GET /\xff HTTP/1.1',
      'POST  /  HTTP/1.1',
    ],
    [
      'CONNECT example.com:443 HTTP/1.1',
      'GET http://example.com/ HTTP/1.1',
      'TRACE / HTTP/1.1',
      'HEAD /healthz HTTP/1.1',
    ],
    [
      `GET /${'a'.repeat(20_000)} HTTP/1.1`,
      'GET /healthz HTTP/1.0',
      'POST /api/v2/history/revenue HTTP/0.9',
      '\x16\x03\x01\x02',
    ],
  ].flat();
  const fields = [
    [
      'no colon',
      ': no name',
      'bad name: x',
      'X-Null: a\0b',
      'X-Fold: a\r\n b',
      'X-Cr: a\rb',
      'X-Lf: a\nX-Other: b',
      'Host: other',
    ],
    [`X-Large: ${'a'.repeat(20_000)}`, Array.from({ length: 3000 }, (_, index) => `X-${index}: a`).join('\r\n')],
    ['Content-Length: -1', 'Content-Length: 1e3', 'Content-Length: 1, 2', 'Content-Length: 99999999999999999999'],
    [
      'Content-Length: 16\r\nContent-Length: 17',
      'Content-Length: 16\r\nTransfer-Encoding: chunked',
      'Content-Length: ',
    ],
    [
      'Transfer-Encoding: nonsense',
      'Transfer-Encoding: gzip',
      'Transfer-Encoding: chunked, gzip',
      'Transfer-Encoding : chunked',
    ],
    [
      'Expect: 100-continue',
      'Expect: something',
      'Upgrade: h2c\r\nConnection: Upgrade',
      'Upgrade: websocket\r\nConnection: Upgrade',
    ],
    [
      'Connection: close',
      'Connection: ',
      'Keep-Alive: timeout=0',
      'Trailer: X-Api-Key',
      `X-Api-Key: ${apiKey}`,
      'X-Request-Id: a\r\nX-Request-Id: b',
      'Idempotency-Key: a\r\nIdempotency-Key: b',
    ],
  ].flat();
  const chunks = [
    [
      '',
      '0',
      '0\r\n',
      '0\r\n\r\n',
      'zz\r\n',
      '-1\r\n',
      '5\r\nab',
      '5\r\nabcdefgh\r\n0\r\n\r\n',
      'ffffffffffffffffff\r\n',
      '\r\n\r\n',
    ],
    [
      `10\r\n${BODY}\r\n0\r\n\r\n`,
      `10;ext=1\r\n${BODY}\r\n0\r\n\r\n`,
      `10\n${BODY}\n0\n\n`,
      `10\r\n${BODY}\r\n0\r\nX-Trailer: a\r\n\r\n`,
    ],
    [
      `10\r\n${BODY}\r\n`,
      `10;${'e'.repeat(20_000)}\r\n${BODY}\r\n0\r\n\r\n`,
      `0\r\nX-Trailer: ${'a'.repeat(20_000)}\r\n\r\n`,
    ],
    [`10\r\n${BODY}\r\n0\r\n\r\nrubbish`, `1\r\n{\r\n`.repeat(500)],
  ].flat();
  const texts = fc.oneof(
    {
      arbitrary: fc.constantFrom(...requestLines).map((line) => `${line}\r\n${head().join('\r\n')}\r\n\r\n`),
      weight: 6,
    },
    { arbitrary: fc.constantFrom(...fields).map((field) => post(json(field), BODY)), weight: 6 },
    { arbitrary: fc.constantFrom(...chunks).map(chunked), weight: 6 },
    {
      arbitrary: fc.constantFrom(BODY.length + 1, 1000, 5_000_000, 6_000_000).map((length) => sized(length, BODY)),
      weight: 3,
    },
    { arbitrary: fc.constant(post([`X-Api-Key: ${apiKey}`], '')), weight: 1 },
    {
      arbitrary: fc
        .constantFrom('gzip', 'br', 'zstd')
        .map((label) => post(json(`Content-Encoding: ${label}`, 'Content-Length: 99'), 'x')),
      weight: 2,
    },
    { arbitrary: fc.integer({ min: 2, max: 20 }).map((count) => valid.repeat(count)), weight: 2 },
    { arbitrary: fc.constantFrom(`${valid}rubbish`, `${valid}\r\n\r\n${valid}`, `${valid}POST /x`), weight: 2 },
  );
  const bytes = fc.oneof(
    { arbitrary: texts.map((text) => Buffer.from(text, 'latin1')), weight: 6 },
    { arbitrary: edited(fc.constant(Buffer.from(valid, 'latin1'))), weight: 4 },
    { arbitrary: fc.uint8Array({ maxLength: 300 }), weight: 1 },
  );
  return fc.record({
    parts: fc.tuple(bytes, fc.nat({ max: 65_535 })).map(([all, at]) => cut(all, at)),
    leaving: fc.oneof(
      { arbitrary: fc.constant('end' as const), weight: 4 },
      { arbitrary: fc.constant('destroy' as const), weight: 1 },
    ),
  });
}

/** In two, about everywhere, for a server does not get all bytes at once. */
function cut(bytes: Uint8Array, at: number): Uint8Array[] {
  const position = Math.floor((at / 65_536) * bytes.length);
  return [bytes.subarray(0, position), bytes.subarray(position)];
}
