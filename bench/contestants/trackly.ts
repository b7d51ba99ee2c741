import { RECORDS_PER_REQUEST, type Sizes } from '../data/sizes.ts';
import { BENCH_KEY, WARM_UP_KEY, type TemplateName } from '../data/templates.ts';
import { startLoadClient } from '../load/process.ts';
import { startCpuClock } from '../measure/cpu.ts';
import { startProduct } from '../processes.ts';
import type { Bench, Contestant, Measurement } from './contestant.ts';

export interface TracklyOptions {
  name: string;
  title: string;
  template?: TemplateName;
  queue?: 'redis' | 'postgres';
  workers?: number;
  /** What to run as a worker instead of ours. */
  workerScript?: string;
  records?: (sizes: Sizes) => number;
  warmUpRecords?: (sizes: Sizes) => number;
}

/** Of the load client: where more bring no more. */
export const CONNECTIONS = 8;

/**
 * The product: API and worker as processes of their own, and a client with 8 connections. They have imported some records
 * before the clock starts, for a service is running when a migration of years begins.
 */
export function trackly(options: TracklyOptions): Contestant {
  const { name, title, template = 'lifelike', records = (sizes) => sizes.records } = options;
  return { name, title, template, records, run: (bench, url, count) => measure(options, bench, url, count) };
}

async function measure(
  options: TracklyOptions,
  bench: Bench,
  databaseUrl: string,
  records: number,
): Promise<Measurement> {
  const { queue = 'redis', workers = 1, workerScript, warmUpRecords = (sizes) => sizes.warmUpRecords } = options;
  const { servers, folder, history, warmUp, sizes } = bench;
  await servers.flushRedis();
  const redisUrl = queue === 'redis' ? servers.redisUrl : undefined;
  await using product = await startProduct({ databaseUrl, redisUrl, workers, workerScript, folder });
  await using client = startLoadClient();

  const { url, apiPid, workerPids } = product;
  const order = { url, connections: CONNECTIONS };
  const requests = (count: number) => Math.ceil(count / RECORDS_PER_REQUEST);
  await client.send({
    ...order,
    ...filesOf(warmUp),
    apiKey: WARM_UP_KEY,
    requests: requests(warmUpRecords(sizes)),
    keyPrefix: 'warm-up',
  });

  const processes = { api: [apiPid], worker: workerPids, client: [client.pid], redis: [servers.redisPid] };
  const stopClock = await startCpuClock(processes, servers.postgresPid);
  const load = { ...order, ...filesOf(history), apiKey: BENCH_KEY, requests: requests(records), keyPrefix: 'history' };
  const { seconds, milliseconds } = await client.send(load);
  return { seconds, milliseconds, cpuSeconds: await stopClock() };
}

function filesOf({ bodies, expected }: { bodies: string; expected: string }) {
  return { bodies, expected };
}
