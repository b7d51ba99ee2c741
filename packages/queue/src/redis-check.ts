import { setTimeout as delay } from 'node:timers/promises';

import { Cluster } from 'ioredis';

import { createRedisClient } from './redis-client.ts';

const TIMEOUT_MS = 3_000;

const OLDEST_REDIS = 7;

/** What was found on a Redis server. */
export interface RedisCheck {
  /** Whether our user may not run INFO. */
  deniesInfo: boolean;
  /** Sentences about what an operator should change. */
  advice: string[];
}

/**
 * Checks version and settings of Redis (each primary of a cluster). Skips a server that does not answer within three
 * seconds: the code that uses it will report that.
 */
export async function checkRedis(url: string): Promise<RedisCheck> {
  // Without the ready check: ioredis would print to standard error that INFO is not allowed.
  const client = createRedisClient({ url, role: 'consumer', mayAskInfo: false });
  client.on('error', () => undefined);

  async function ask(): Promise<RedisCheck> {
    try {
      await client.connect();
      const servers = client instanceof Cluster ? client.nodes('master') : [client];
      const infos = await Promise.all(servers.map((server) => server.info()));
      return { deniesInfo: false, advice: [...new Set(infos.flatMap(adviseOn))] };
    } catch (error) {
      return { deniesInfo: error instanceof Error && error.message.includes('NOPERM'), advice: [] };
    }
  }

  try {
    const unanswered = delay(TIMEOUT_MS, { deniesInfo: false, advice: [] }, { ref: false });
    return await Promise.race([ask(), unanswered]);
  } finally {
    client.disconnect();
  }
}

/** @param info the output of INFO: lines of names and values */
export function adviseOn(info: string): string[] {
  const fields = new Map(info.split(/\r?\n/).map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1)]));
  const version = fields.get('redis_version');
  const policy = fields.get('maxmemory_policy');
  const advice: string[] = [];
  if (version !== undefined && Number.parseInt(version, 10) < OLDEST_REDIS) {
    advice.push(`Redis ${version} is too old to be tested with: upgrade to Redis ${OLDEST_REDIS}, Valkey 8, or newer.`);
  }
  if (policy !== undefined && policy !== 'noeviction') {
    advice.push(`Redis drops jobs when its memory is full: set maxmemory-policy to noeviction, not ${policy}.`);
  }
  return advice;
}
