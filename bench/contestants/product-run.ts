import type { HistoryFiles } from '../data/history.ts';
import { RECORDS_PER_REQUEST } from '../data/sizes.ts';
import { BENCH_KEY, WARM_UP_KEY } from '../data/templates.ts';
import { startLoadClient, type LoadClient } from '../load/process.ts';
import type { Load } from '../load/messages.ts';
import { startProduct, type Product } from '../processes.ts';
import type { Bench } from './contestant.ts';

export interface RunningProduct extends Product {
  client: LoadClient;
  /** What the load client is to send, but for what is given. */
  load(files: HistoryFiles, order: Partial<Load> & Pick<Load, 'requests'>): Load;
}

export interface RunningOptions {
  databaseUrl: string;
  queue?: 'redis' | 'postgres' | undefined;
  workers?: number | undefined;
  workerScript?: string | undefined;
  warmUpRecords?: number | undefined;
}

/**
 * Starts API, workers and load client, and has them import some records of another account: a service is running when a
 * migration of years begins.
 */
export async function runProduct(bench: Bench, options: RunningOptions): Promise<RunningProduct> {
  const { servers, logs, sizes, warmUp, connections, interrupted } = bench;
  const { queue = 'redis', workers = 1, warmUpRecords = sizes.warmUpRecords, databaseUrl, workerScript } = options;
  await using starting = new AsyncDisposableStack();
  await servers.flushRedis();
  const redisUrl = queue === 'redis' ? servers.redisUrl : undefined;
  const product = starting.use(await startProduct({ databaseUrl, redisUrl, workers, workerScript, logs, interrupted }));
  const client = starting.use(startLoadClient(interrupted));

  const load: RunningProduct['load'] = ({ bodies, expected }, order) => ({
    url: product.url,
    apiKey: BENCH_KEY,
    bodies,
    expected,
    first: 0,
    connections,
    keyPrefix: 'history',
    ...order,
  });
  const requests = Math.ceil(warmUpRecords / RECORDS_PER_REQUEST);
  await client.send(load(warmUp, { requests, apiKey: WARM_UP_KEY, keyPrefix: 'warm-up' }));

  const running = starting.move();
  return { ...product, client, load, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
