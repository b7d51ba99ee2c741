import { Type } from '@sinclair/typebox';
import { describe, expect, test, vi } from 'vitest';

import { commonSettings, proxyList, readSettings } from './settings.ts';

const Settings = Type.Object({
  ...commonSettings,
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535 }),
});

test('without any, there are defaults', () => {
  expect(readSettings(Settings, {})).toEqual({
    REDIS_PREFIX: '{trackly}',
    DATA_DIR: '.data',
    LOG_LEVEL: 'info',
    PORT: 3000,
  });
});

test('an empty one counts as unset', () => {
  const env = { DATABASE_URL: '', REDIS_URL: '', PORT: '', LOG_LEVEL: '' };
  expect(readSettings(Settings, env)).toEqual(readSettings(Settings, {}));
});

test('others of the environment are none of ours', () => {
  expect(readSettings(Settings, { PATH: '/bin', PORT: '80' })).toEqual({ ...readSettings(Settings, {}), PORT: 80 });
});

describe('a wrong one is named, with what was expected', () => {
  test.for([
    { env: { PORT: 'eighty' }, message: /PORT must be integer/ },
    { env: { PORT: '80.5' }, message: /PORT must be integer/ },
    { env: { PORT: '65536' }, message: /PORT must be <= 65535/ },
    { env: { PORT: '-1' }, message: /PORT must be >= 0/ },
    { env: { DATABASE_URL: 'mysql://localhost' }, message: /DATABASE_URL must match pattern .*postgres/ },
    { env: { REDIS_URL: 'localhost:6379' }, message: /REDIS_URL must match pattern .*rediss/ },
    { env: { REDIS_URL: 'redis+proxy://localhost' }, message: /; REDIS_URL takes redis:.*\+sentinel:.*\+cluster:/ },
    { env: { LOG_LEVEL: 'loud' }, message: /LOG_LEVEL must match pattern .*debug/ },
  ])('$env', ({ env, message }) => {
    expect(() => readSettings(Settings, env)).toThrow(message);
  });
});

test('nothing is read but what is given', () => {
  vi.stubEnv('LOG_LEVEL', 'loud');
  expect(readSettings(Type.Object(commonSettings), {}).LOG_LEVEL).toBe('info');
});

describe('trusted proxies', () => {
  const Proxies = Type.Object({ PROXIES: proxyList });
  const read = (PROXIES: string) => readSettings(Proxies, { PROXIES });

  test.for(['10.0.0.1', '10.0.0.0/8, fd00::/8', '10.0.0.0/255.0.0.0', '::1,::ffff:10.0.0.1', 'loopback'])(
    'are %s',
    (value) => expect(read(value)).toEqual({ PROXIES: value }),
  );

  test.for(['lb.example.com', 'true', '10.0.0.1;10.0.0.2', '10.0.0.1,', 'bad'])('are not %s', (value) =>
    expect(() => read(value)).toThrow(/PROXIES must match pattern .*; PROXIES takes addresses and networks/),
  );
});
