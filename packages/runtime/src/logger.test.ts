import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createLogger, type Logger } from './logger.ts';

const API_KEY = `trk_${'aB3'.repeat(10)}zz`;

/** The one line that is written, which must still be JSON. */
function lineOf(log: (logger: Logger) => void): { text: string; fields: Record<string, unknown> } {
  const lines: string[] = [];
  log(createLogger('trackly-test', 'trace', { write: (line: string) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  const [text = ''] = lines;
  return { text, fields: JSON.parse(text) };
}

function errorWith(message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), fields);
}

test('a line tells which process of which version wrote it', () => {
  const { fields } = lineOf((logger) => logger.info('hello'));
  expect(fields).toEqual({
    level: 30,
    time: expect.any(Number),
    name: 'trackly-test',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    hostname: expect.any(String),
    pid: process.pid,
    msg: 'hello',
  });
});

describe('a secret does not get into a log', () => {
  const headers = Object.fromEntries(
    ['x-api-key', 'authorization', 'proxy-authorization', 'cookie', 'set-cookie'].map((name) => [name, 'SECRET']),
  );

  test.for([
    ['headers', { headers }],
    ['the headers of a request', { req: { headers } }],
    ['the headers of an answer, deep inside', { a: { b: [{ headers }] } }],
    ['a header in capitals', { 'X-Api-Key': 'SECRET' }],
    ['a body', { body: { records: ['SECRET'] } }],
    ['the body of a request', { request: { body: 'SECRET' } }],
    ['records', { records: ['SECRET'] }],
    ['a password', { settings: { password: 'SECRET' } }],
  ] as const)('as %s', ([, logged]) => {
    expect(lineOf((logger) => logger.info(logged, 'logged')).text).not.toContain('SECRET');
    expect(lineOf((logger) => logger.child(logged).info('logged')).text).not.toContain('SECRET');
  });

  test.for([
    ['a text', (logger: Logger) => logger.info(`key ${API_KEY} is unknown`)],
    ['a field', (logger: Logger) => logger.info({ path: `/${API_KEY}/x` }, 'logged')],
    ['a deep field', (logger: Logger) => logger.info({ a: [{ b: { c: API_KEY } }] }, 'logged')],
    ['what all lines of a child begin with', (logger: Logger) => logger.child({ requestId: API_KEY }).info('logged')],
    ['an error', (logger: Logger) => logger.error({ err: errorWith(API_KEY) }, 'failed')],
    [
      'the cause of an error',
      (logger: Logger) => logger.error({ err: new Error('outer', { cause: errorWith(API_KEY) }) }, 'failed'),
    ],
  ] as const)('as an API key in %s', ([, log]) => {
    expect(lineOf(log).text).not.toContain(API_KEY.slice(4, 16));
  });

  test('as the password in a URL, whatever its characters', () => {
    const characters = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replaceAll(' ', ''));
    const schemes = fc.constantFrom('postgresql', 'redis', 'rediss', 'redis+sentinel', 'http');
    fc.assert(
      fc.property(schemes, fc.constantFrom('', 'me'), characters, characters, (scheme, user, before, after) => {
        const url = `${scheme}://${user}:${before}SECRET${after}@10.0.0.1:6379/0`;
        const { text, fields } = lineOf((logger) =>
          logger.error({ err: errorWith(`no ${url}`), url }, `${url} is away`),
        );
        expect(text).not.toContain('SECRET');
        expect(fields['msg']).toMatch(/10\.0\.0\.1:6379\/0 is away$/);
      }),
    );
  });

  test.for([
    ['a command', { command: { name: 'auth', args: ['SECRET'] } }],
    ['a URL that cannot be read', { code: 'ERR_INVALID_URL', input: 'redis://:SECRET' }],
    ['a row', { code: '23505', detail: 'Key (id)=(SECRET) already exists.', where: 'COPY line 1: SECRET' }],
  ] as const)('as %s that a library hangs on its error', ([, fields]) => {
    expect(lineOf((logger) => logger.error({ err: errorWith('failed', fields) }, 'failed')).text).not.toContain(
      'SECRET',
    );
  });
});

test('what is no secret stays as it is', () => {
  const url = 'http://127.0.0.1:3000/api/v2?a=b';
  const frame = 'at file:///app/node_modules/@prisma/client/runtime.js:10:5';
  const fields = { url, frame, importId: '01a208ef-6e2c-742d-9227-897cbc4f925d', prefix: 'trk_aB3a' };
  expect(lineOf((logger) => logger.info(fields, `see ${url}`)).fields).toMatchObject({ ...fields, msg: `see ${url}` });
});

test('an error is logged with what helps to understand it', () => {
  const cause = errorWith('inner');
  const err = Object.assign(new TypeError('outer', { cause }), { code: 'E1', kind: 'rolled_back', sqlState: '40P01' });
  expect(lineOf((logger) => logger.error({ err }, 'failed')).fields['err']).toEqual({
    type: 'TypeError',
    message: 'outer: inner',
    stack: expect.stringContaining('logger.test.ts'),
    code: 'E1',
    kind: 'rolled_back',
    sqlState: '40P01',
  });
});
