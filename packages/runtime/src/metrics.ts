import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry for a process's metrics, with what every Node process tells: CPU, memory, event loop, garbage collection. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
