import { addPoolMetrics, createMetrics } from '@trackly/runtime';
import type { Database } from '@trackly/db';
import { keysOf } from '@trackly/contract';
import { Gauge, type Registry } from 'prom-client';

import type { Monitor, ServerState } from './monitor.ts';

/** The metrics of this process and, read at each scrape, of ledger and queue. */
export function createOpsMetrics(db: Pick<Database, 'poolUse'>, monitor: Monitor): Registry {
  const registry = createMetrics();
  addPoolMetrics(registry, () => db.poolUse());

  /** Adds a gauge that has no value while the server that it is read from does not answer. */
  function addGauge<L extends string>(
    options: { name: string; help: string; labelNames?: L[] },
    fill: (gauge: Gauge<L>, state: ServerState) => void,
  ): void {
    const gauge = new Gauge<L>({
      ...options,
      registers: [registry],
      async collect() {
        const state = await monitor.readServers();
        gauge.reset();
        if (!options.labelNames) gauge.remove();
        fill(gauge, state);
      },
    });
  }

  addGauge(
    {
      name: 'trackly_server_up',
      help: 'Whether a server that the service needs answers (1) or not (0).',
      labelNames: ['server'],
    },
    (gauge, { ledger, queue }) => {
      gauge.set({ server: 'postgresql' }, Number(ledger !== undefined));
      gauge.set({ server: 'queue' }, Number(queue !== undefined));
    },
  );
  addGauge(
    { name: 'trackly_queue_jobs', help: 'Jobs in the queue, by state.', labelNames: ['state'] },
    (gauge, { queue }) => {
      if (queue) for (const state of keysOf(queue)) gauge.set({ state }, queue[state]);
    },
  );
  addGauge(
    {
      name: 'trackly_open_chunks',
      help: 'Open chunks in the ledger, to be saved or to be undone, of all accounts.',
    },
    (gauge, { ledger }) => {
      if (ledger) gauge.set(ledger.openChunks);
    },
  );
  addGauge(
    {
      name: 'trackly_oldest_open_chunk_age_seconds',
      help: 'Age of the oldest open chunk, in seconds since its import was accepted or its undo requested; 0 if none is open.',
    },
    (gauge, { ledger }) => {
      if (ledger) gauge.set(secondsSince(ledger.first[0]?.since));
    },
  );
  return registry;
}

function secondsSince(time: Date | undefined): number {
  return time ? Math.max(0, (Date.now() - time.getTime()) / 1_000) : 0;
}
