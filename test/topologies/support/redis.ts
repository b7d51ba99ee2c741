import { startRedis, type RedisOptions, type RedisServer } from '../../lab/redis.ts';
import type { Trouble } from '../topology.ts';

/** Starts a Redis, or one like it, that ends with `cleanup`. */
export async function startRedisFor(
  cleanup: AsyncDisposableStack,
  folder: string,
  options: RedisOptions = {},
): Promise<RedisServer> {
  const redis = await startRedis(folder, options);
  if (!redis) throw new Error(`${options.command ?? 'redis-server'} does not start in ${folder}.`);
  return cleanup.use(redis);
}

/** Redis is killed, and its operators start it again. */
export function redisKill(redis: RedisServer): Trouble {
  return { what: 'Redis was killed and started again', kill: () => redis.kill(), repair: () => redis.start() };
}
