import { describe, expect, test } from 'vitest';

import { adviseOn } from './redis-check.ts';

const info = (version: string, policy: string) =>
  `# Server\r\nredis_version:${version}\r\nos:Linux:6\r\n\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`;

describe('advice for operators', () => {
  test('there is none for a server that is as it should be, nor for one that does not tell', () => {
    expect(adviseOn(info('7.0.15', 'noeviction'))).toEqual([]);
    expect(adviseOn(info('10.0.0', 'noeviction'))).toEqual([]);
    expect(adviseOn('')).toEqual([]);
  });

  test('one that may drop jobs', () => {
    expect(adviseOn(info('8.0.0', 'allkeys-lru'))).toEqual([
      'Redis drops jobs when its memory is full: set maxmemory-policy to noeviction, not allkeys-lru.',
    ]);
  });

  test('one that is too old', () => {
    expect(adviseOn(info('6.2.14', 'noeviction'))).toEqual([
      'Redis 6.2.14 is too old to be tested with: upgrade to Redis 7, Valkey 8, or newer.',
    ]);
  });
});
