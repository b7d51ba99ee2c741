import { expect, test } from 'vitest';

import { hasLoopbackHost, isLoopback } from './loopback.ts';

test.each(['localhost', 'LOCALHOST', 'ops.localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1'])(
  '%s can only mean this machine',
  (name) => expect(isLoopback(name)).toBe(true),
);

test.each(['', '0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1', 'localhost.evil.example', '127.0.0.1.evil.example'])(
  '%j may mean another machine',
  (name) => expect(isLoopback(name)).toBe(false),
);

test.each([
  ['localhost:3000', true],
  ['127.0.0.1', true],
  ['[::1]:3000', true],
  ['evil.example:3000', false],
  ['localhost@evil.example', false],
  ['', false],
  [':3000', false],
  [undefined, false],
])('the header Host %j names this machine: %s', (host, expected) => {
  expect(hasLoopbackHost(host === undefined ? {} : { host })).toBe(expected);
});
