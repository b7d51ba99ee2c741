import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseRedisUrl } from './redis-url.ts';

describe('each form', () => {
  test.for([
    'redis://localhost',
    'redis://localhost:6380',
    'redis://user:secret@redis.example.com:6380/3',
    'rediss://:p%40ss@[::1]:6380',
    'redis://localhost:6379/0?family=6',
  ])('%s is left to the client', (url) => {
    expect(parseRedisUrl(url)).toEqual({ kind: 'single', url });
  });

  test('sentinels, with the name that they know', () => {
    expect(parseRedisUrl('redis+sentinel://one:26380,two,[::1]:26381/mymaster')).toEqual({
      kind: 'sentinel',
      tls: false,
      sentinels: [
        { host: 'one', port: 26_380 },
        { host: 'two', port: 26_379 },
        { host: '::1', port: 26_381 },
      ],
      name: 'mymaster',
      credentials: {},
      sentinelCredentials: {},
    });
  });

  test('credentials are those of Redis; the sentinels have their own', () => {
    const url = 'rediss+sentinel://user:p%2Fw@one/mymaster?sentinelUsername=watch&sentinelPassword=a%26b';
    expect(parseRedisUrl(url)).toMatchObject({
      tls: true,
      credentials: { username: 'user', password: 'p/w' },
      sentinelCredentials: { username: 'watch', password: 'a&b' },
    });
  });

  test('a cluster', () => {
    expect(parseRedisUrl('rediss+cluster://:secret@one:7000,two:7001')).toEqual({
      kind: 'cluster',
      tls: true,
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 7001 },
      ],
      credentials: { password: 'secret' },
    });
    expect(parseRedisUrl('redis+cluster://one/')).toMatchObject({ nodes: [{ host: 'one', port: 6379 }] });
  });
});

describe('what cannot be read is refused with the forms that can, and without its password', () => {
  test.for([
    'redis:/:secret@localhost',
    'redis://',
    'redis://:secret@localhost:99999',
    'redis://:secret@localhost/one',
    'redis://:secret@one,two',
    'redis+sentinel://:secret@one:26379',
    'redis+sentinel://:secret@one:26379/',
    'redis+sentinel://:secret@one:0/mymaster',
    'redis+sentinel://:secret@one,,two/mymaster',
    'redis+sentinel://:secret@one/mymaster?password=secret',
    'redis+sentinel://:secret%@one/mymaster',
    'redis+cluster://:secret@one:70000',
    'redis+cluster://:secret@one/0',
    'redis+cluster://:secret@one?family=6',
    'redis+proxy://:secret@one',
    'http://:secret@one',
  ])('%s', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(/^REDIS_URL cannot be read: .*redis\+sentinel:\/\/.*redis\+cluster:\/\//);
    expect(() => parseRedisUrl(url)).toThrow(/^(?!.*secret)/);
  });
});

const port = fc.integer({ min: 1, max: 65_535 });
const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constant('localhost'), fc.constant('::1'), fc.constant('fd00::a:1'));
const nodes = fc.array(fc.record({ host, port }), { minLength: 1, maxLength: 5 });
const word = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const credentials = fc.record({ username: word, password: word });
const hostsOf = (some: { host: string; port: number }[]) =>
  some.map((node) => `${node.host.includes(':') ? `[${node.host}]` : node.host}:${node.port}`).join(',');
const userInfoOf = ({ username, password }: { username: string; password: string }) =>
  `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;

describe('whatever is put in comes out again', () => {
  test('of sentinels', () => {
    fc.assert(
      fc.property(nodes, credentials, credentials, word, fc.boolean(), (sentinels, ours, theirs, name, tls) => {
        const query = new URLSearchParams({ sentinelUsername: theirs.username, sentinelPassword: theirs.password });
        const path = `${encodeURIComponent(name)}?${query.toString()}`;
        const url = `redis${tls ? 's' : ''}+sentinel://${userInfoOf(ours)}${hostsOf(sentinels)}/${path}`;
        const read = { kind: 'sentinel', tls, sentinels, name, credentials: ours, sentinelCredentials: theirs };
        expect(parseRedisUrl(url)).toEqual(read);
      }),
    );
  });

  test('of a cluster', () => {
    fc.assert(
      fc.property(nodes, credentials, fc.boolean(), (some, ours, tls) => {
        const url = `redis${tls ? 's' : ''}+cluster://${userInfoOf(ours)}${hostsOf(some)}`;
        expect(parseRedisUrl(url)).toEqual({ kind: 'cluster', tls, nodes: some, credentials: ours });
      }),
    );
  });

  test('or is refused with a text of ours', () => {
    const scheme = fc.constantFrom('redis://', 'rediss://', 'redis+sentinel://', 'redis+cluster://', '');
    fc.assert(
      fc.property(scheme, fc.string(), (start, rest) => {
        expect(kindOrReason(start + rest)).toMatch(/^(single|sentinel|cluster|REDIS_URL cannot be read: .*)$/);
      }),
    );
  });
});

function kindOrReason(url: string): string {
  try {
    return parseRedisUrl(url).kind;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
