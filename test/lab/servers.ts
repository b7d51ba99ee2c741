import { startPostgres, type PostgresServer } from './postgres.ts';
import { startRedis, type RedisServer } from './redis.ts';
import { createTemplate } from '../support/template-database.ts';

/** Where the queue is kept. */
export type QueueBackend = 'postgres' | 'redis';

export const queueBackends: readonly QueueBackend[] = ['postgres', 'redis'];

/** The servers that the scenarios of a run share, one after another. */
export interface Servers extends AsyncDisposable {
  postgres: PostgresServer;
  /** Undefined where there is no `redis-server`. */
  redis: RedisServer | undefined;
}

/** Starts the servers with their files in the given folder, and a database there for the scenarios to copy. */
export async function startServers(folder: string): Promise<Servers> {
  await using starting = new AsyncDisposableStack();
  const postgres = starting.use(await startPostgres(folder));
  await createTemplate(postgres.serverUrl);
  const redis = starting.use((await startRedis(folder)) ?? null) ?? undefined;

  const started = starting.move();
  return { postgres, redis, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
