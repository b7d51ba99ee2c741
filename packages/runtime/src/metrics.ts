import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** How many connections of a pool do what. */
interface PoolUse {
  busy: number;
  idle: number;
  waiting: number;
}

/** A registry for a process's metrics, with what every Node process tells: CPU, memory, event loop, garbage collection. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Adds how a process uses its connections to PostgreSQL, read when the metrics are. */
export function addPoolMetrics(registry: Registry, readUse: () => PoolUse): void {
  registry.registerMetric(
    new Gauge({
      name: 'trackly_database_pool_connections',
      help: 'Open connections to PostgreSQL, by what they do.',
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
      help: 'Statements that wait for a connection to PostgreSQL.',
      registers: [],
      collect() {
        this.set(readUse().waiting);
      },
    }),
  );
}

export interface LabelledCounterOptions<L extends string> {
  name: string;
  help: string;
  label: L;
  /** All that the label can be. */
  values: readonly string[];
}

/** Adds a counter that is 0 for each value of its label from the start: one that begins with an event has no rate then. */
export function addCounter<L extends string>(
  registry: Registry,
  { name, help, label, values }: LabelledCounterOptions<L>,
): Counter<L> {
  const counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
  for (const value of values) counter.labels(value).inc(0);
  return counter;
}
