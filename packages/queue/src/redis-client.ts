import { Cluster, Redis } from 'ioredis';

import { parseRedisUrl, type RedisAddress } from './redis-url.ts';

/** Clients wait for a producer, so it fails at once if the server does not answer. Consumers wait until it is back. */
export type QueueRole = 'producer' | 'consumer';

export interface RedisClientOptions {
  url: string;
  role: QueueRole;
  /** Whether our user may run INFO. */
  mayAskInfo: boolean;
}

/**
 * Milliseconds without an answer after which a connection counts as dead. A consumer's connection may be silent for ten
 * seconds while it waits for jobs.
 */
export const DEAD_AFTER_MS = { producer: 5_000, consumer: 15_000 };

const CONNECT_TIMEOUT_MS = 2_000;
export const KEEP_ALIVE_MS = 10_000;

/** Creates a client that connects on first use, and finds the primary again after a failover. */
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
    // Keep host names: certificates are for names, and TLS to an IP address would fail.
    ...(tls && { dnsLookup: takeNameAsItIs }),
  };
}

function takeNameAsItIs(host: string, found: (error: null, address: string) => void): void {
  found(null, host);
}

/** Short enough to reconnect soon after the server is back, with jitter so that clients do not reconnect together. */
function reconnectDelay(attempt: number): number {
  return Math.min(attempt * 100, 1_000) + Math.random() * 100;
}

/** Whether the connected primary has become a replica, so that the client has to reconnect. */
function isOfReplica(error: Error): boolean {
  return error.message.includes('READONLY');
}
