import { Cluster, Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';

import { createRedisClient, type QueueRole } from './redis-client.ts';

const optionsOf = (url: string, role: QueueRole = 'producer', mayAskInfo = true) =>
  createRedisClient({ url, role, mayAskInfo }).options;

describe('a client that is not connected yet', () => {
  test('has TLS and the credentials, to the sentinels as well', () => {
    expect(
      optionsOf('rediss+sentinel://user:secret@one:26379,two:26379/mymaster?sentinelPassword=other'),
    ).toMatchObject({
      name: 'mymaster',
      username: 'user',
      password: 'secret',
      sentinelPassword: 'other',
      tls: {},
      sentinelTLS: {},
      enableTLSForSentinelMode: true,
    });
  });

  test('has TLS and the credentials for each server of a cluster, and takes their names as they are', () => {
    const options = optionsOf('rediss+cluster://user:secret@one:7000');
    expect(options).toMatchObject({ redisOptions: { username: 'user', password: 'secret', tls: {} } });
    expect(options).toHaveProperty('dnsLookup.name', 'takeNameAsItIs');
  });

  test.for(['redis://one', 'redis+sentinel://one/mymaster', 'redis+cluster://one'])(
    'fails at once for a producer, and waits for a consumer: %s',
    (url) => {
      expect(optionsOf(url, 'producer')).toMatchObject({ enableOfflineQueue: false, lazyConnect: true });
      expect(optionsOf(url, 'consumer')).toMatchObject({ enableOfflineQueue: true, lazyConnect: true });
    },
  );

  test('does not ask what it may not', () => {
    expect(optionsOf('redis://one', 'producer', false)).toMatchObject({ enableReadyCheck: false });
    expect(optionsOf('redis+cluster://one', 'producer', false)).toMatchObject({
      redisOptions: { enableReadyCheck: false },
    });
  });

  test('is of the kind that the URL names', () => {
    expect(createRedisClient({ url: 'redis://one', role: 'producer', mayAskInfo: true })).toBeInstanceOf(Redis);
    expect(createRedisClient({ url: 'redis+cluster://one', role: 'producer', mayAskInfo: true })).toBeInstanceOf(
      Cluster,
    );
  });
});
