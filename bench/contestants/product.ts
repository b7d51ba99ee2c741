import { RECORDS_PER_REQUEST, type Sizes } from '../data/sizes.ts';
import type { TemplateName } from '../data/templates.ts';
import { startMeters } from '../measure/meters.ts';
import type { Contestant } from './contestant.ts';
import { runProduct, type RunningOptions } from './product-run.ts';

export interface ProductVariant extends Omit<RunningOptions, 'databaseUrl' | 'warmUpRecords'> {
  name: string;
  title: string;
  /** Default: lifelike. */
  template?: TemplateName;
  /** Default: all. */
  records?: (sizes: Sizes) => number;
  warmUpRecords?: number;
}

/** The product: API and workers as processes of their own, and a client with several connections. */
export function product(variant: ProductVariant): Contestant {
  const { name, title, template = 'lifelike', records = (sizes) => sizes.records, ...options } = variant;
  return {
    name,
    title,
    template,
    records,
    async run(bench, databaseUrl, count) {
      const { servers, history } = bench;
      await using running = await runProduct(bench, { databaseUrl, ...options });
      const { client, apiPid, workerPids } = running;
      const processes = { api: [apiPid], worker: workerPids, redis: [servers.redisPid], client: [client.pid] };
      const readMeters = await startMeters(servers, processes);
      const requests = Math.ceil(count / RECORDS_PER_REQUEST);
      const { seconds, milliseconds } = await client.send(running.load(history, { requests }));
      return { seconds, milliseconds, ...(await readMeters()) };
    },
  };
}
