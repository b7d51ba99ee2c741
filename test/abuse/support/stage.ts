import { MALLOC_ENV, NODE_FLAGS } from '@trackly/runtime';

import { openProduct, type Product, type ProductOptions } from '../../lab/product.ts';
import type { QueueBackend, Servers } from '../../lab/servers.ts';

/** The product as it runs in production, and how hard it is to be attacked. */
export interface Stage extends Product {
  long: boolean;
  /** How many times as large as usual the attack is. */
  times: number;
  /** Where the attackers' connections come from; the good client's come from 127.0.0.1. */
  attackersAddress: string;
  seed: string;
}

export interface StageOptions extends Omit<ProductOptions, 'databaseUrl' | 'settings' | 'flags'> {
  servers: Servers;
  queue: QueueBackend;
  /** Names the database: lower-case letters, digits and underscores. */
  name: string;
  long: boolean;
  times: number;
  attackersAddress: string;
  seed: string;
}

/** Prepares a database and an empty queue. Disposing of the stage ends all its processes. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { servers, queue, name, long, times, attackersAddress, seed, ...others } = options;
  const { postgres, redis } = servers;
  await using opening = new AsyncDisposableStack();
  await postgres.createDatabase(name);
  opening.defer(() => postgres.dropDatabase(name));
  await redis?.flush();
  const databaseUrl = postgres.url(name);
  const toQueue = queue === 'redis' && redis && { REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  const settings = () => ({ ...MALLOC_ENV, NODE_ENV: 'production', DATABASE_URL: databaseUrl, ...toQueue });
  const product = opening.use(await openProduct({ ...others, databaseUrl, settings, flags: NODE_FLAGS }));
  const opened = opening.move();
  return { ...product, long, times, attackersAddress, seed, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
