import { Cluster, Redis } from 'ioredis';

import { parseRedisUrl, type RedisAddress } from './redis-url.ts';

/** Producers answer someone, so they fail at once when the server is away; consumers wait until it is back. */
export type QueueRole = 'producer' | 'consumer';

export interface RedisClientOptions {
  url: string;
  role: QueueRole;
  /** False where we may not ask the server about itself. */
  mayAskInfo: boolean;
}

/**
 * Milliseconds without an answer after which a connection counts as dead. A consumer's may be silent for ten seconds
 * while it waits for work.
 */
export const DEAD_AFTER_MS = { producer: 5_000, consumer: 15_000 };

const CONNECT_TIMEOUT_MS = 2_000;
export const KEEP_ALIVE_MS = 10_000;

/** Makes a client, connected on first use. It finds the primary again by itself after a failover. */
export function createRedisClient({ url, role, mayAskInfo }: RedisClientOptions): Redis | Cluster {
  const address = parseRedisUrl(url);
  const ofEachServer = {
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepAlive: KEEP_ALIVE_MS,
    socketTimeout: DEAD_AFTER_MS[role],
    enableReadyCheck: mayAskInfo,
    maxRetriesPerRequest: role === 'producer' ? 0 : null,
  };
  const queueing = { lazyConnect: true, enableOfflineQueue: role === 'consumer' };
  const reconnecting = { retryStrategy: reconnectDelay, reconnectOnError: isOfReplica };
  switch (address.kind) {
    case 'single':
      return new Redis(address.url, { ...ofEachServer, ...queueing, ...reconnecting });
    case 'sentinel':
      return new Redis({ ...ofEachServer, ...queueing, ...reconnecting, ...sentinelOptions(address) });
    case 'cluster':
      return new Cluster(address.nodes, { ...queueing, ...clusterOptions(address, ofEachServer) });
  }
}

type AddressOf<Kind extends RedisAddress['kind']> = Extract<RedisAddress, { kind: Kind }>;

function sentinelOptions({ sentinels, name, tls, credentials, sentinelCredentials }: AddressOf<'sentinel'>) {
  const { username, password } = sentinelCredentials;
  return {
    sentinels,
    name,
    ...credentials,
    ...(username && { sentinelUsername: username }),
    ...(password && { sentinelPassword: password }),
    sentinelRetryStrategy: reconnectDelay,
    ...(tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  };
}

function clusterOptions({ tls, credentials }: AddressOf<'cluster'>, ofEachServer: object) {
  return {
    clusterRetryStrategy: reconnectDelay,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    redisOptions: { ...ofEachServer, ...credentials, ...(tls && { tls: {} }) },
    // A certificate is for the name: connecting to the address behind it would fail.
    ...(tls && { dnsLookup: takeNameAsItIs }),
  };
}

function takeNameAsItIs(host: string, found: (error: null, address: string) => void): void {
  found(null, host);
}

/** Often enough to be back soon after the server is, with a little chance, so that not all come at once. */
function reconnectDelay(attempt: number): number {
  return Math.min(attempt * 100, 1_000) + Math.random() * 100;
}

/** A primary that has become a replica while we were connected: the connection leads to the wrong server now. */
function isOfReplica(error: Error): boolean {
  return error.message.includes('READONLY');
}
