import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** The numbers of connections of a pool by state. */
interface PoolUse {
  busy: number;
  idle: number;
  waiting: number;
}

/** Creates a registry with the metrics of every Node process: CPU, memory, event loop, garbage collection. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Adds metrics about the connections to PostgreSQL. They are read at each scrape. */
export function addPoolMetrics(registry: Registry, readUse: () => PoolUse): void {
  registry.registerMetric(
    new Gauge({
      name: 'trackly_database_pool_connections',
      help: 'Open connections to PostgreSQL, by state.',
      labelNames: ['state'],
      registers: [],
      collect() {
        const { busy, idle } = readUse();
        this.set({ state: 'busy' }, busy);
        this.set({ state: 'idle' }, idle);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'trackly_database_pool_waiting_statements',
      help: 'Statements waiting for a connection to PostgreSQL.',
      registers: [],
      collect() {
        this.set(readUse().waiting);
      },
    }),
  );
}

/** Adds whether the role of the process has all rights that it needs on the database. It is read at each scrape. */
export function addRightsMetric(registry: Registry, readAreComplete: () => boolean): void {
  registry.registerMetric(
    new Gauge({
      name: 'trackly_rights_complete',
      help: 'Whether the role of DATABASE_URL has all rights that the process needs (1) or not (0).',
      registers: [],
      collect() {
        this.set(Number(readAreComplete()));
      },
    }),
  );
}

export interface LabelledCounterOptions<L extends string> {
  name: string;
  help: string;
  label: L;
  /** All values of the label. */
  values: readonly string[];
}

/** Adds a counter that starts at 0 for each value of its label, so that its rate shows the first event, too. */
export function addCounter<L extends string>(
  registry: Registry,
  { name, help, label, values }: LabelledCounterOptions<L>,
): Counter<L> {
  const counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
  for (const value of values) counter.labels(value).inc(0);
  return counter;
}
