import { keysOf, recordErrorCodes, requestErrors } from '@trackly/contract';
import { addCounter, addPoolMetrics, createMetrics } from '@trackly/runtime';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

import type { Budget } from './load/budget.ts';
import { closingReasons } from './load/closing-reasons.ts';
import type { Services } from './services.ts';

export interface ApiMetrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  refusals: Counter<'code'>;
  received: Counter;
  notKept: Counter;
  rejected: Counter<'code'>;
  closedConnections: Counter<'reason'>;
}

/** Buckets from a refusal, which takes a millisecond, to a wait of 25 seconds. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 30];

/** The metrics of an API process. Labels have few values: never an account, an import or a request. */
export function createApiMetrics(
  { db, waiter, watch }: Pick<Services, 'db' | 'waiter' | 'watch'>,
  memory: Pick<Budget, 'taken'>,
): ApiMetrics {
  const registry = createMetrics();
  const registers = [registry];
  addPoolMetrics(registry, () => db.poolUse());

  registry.registerMetric(
    new Gauge({
      name: 'trackly_waiting_requests',
      help: 'Requests waiting for their import to be completed.',
      registers: [],
      collect() {
        this.set(waiter.size);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'trackly_http_memory_bytes',
      help: 'Bodies that are not accepted yet, and answers that are not read yet, in bytes.',
      registers: [],
      collect() {
        this.set(memory.taken);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'trackly_open_chunks',
      help: 'Open chunks in the ledger, of all accounts.',
      registers: [],
      collect() {
        this.set(watch.backlog.total);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'trackly_server_up',
      help: 'Whether a server that the process needs answers (1) or not (0).',
      labelNames: ['server'],
      registers: [],
      collect() {
        this.set({ server: 'postgresql' }, Number(watch.databaseIsUp));
        this.set({ server: 'queue' }, Number(watch.queueIsUp));
      },
    }),
  );

  return {
    registry,
    refusals: addCounter(registry, {
      name: 'trackly_http_refusals_total',
      help: 'Refused requests, by the code of the answer.',
      label: 'code',
      values: keysOf(requestErrors),
    }),
    closedConnections: addCounter(registry, {
      name: 'trackly_http_closed_connections_total',
      help: 'Connections that were closed to protect others, by reason.',
      label: 'reason',
      values: closingReasons,
    }),
    rejected: addCounter(registry, {
      name: 'trackly_records_rejected_total',
      help: 'Rejected records, by code.',
      label: 'code',
      values: recordErrorCodes,
    }),
    requests: new Histogram({
      name: 'trackly_http_request_duration_seconds',
      help: 'Time from the headers of a request to the end of its answer, in seconds.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    notKept: new Counter({
      name: 'trackly_records_not_kept_total',
      help: 'Rejected records that are counted, but not kept, because they are too large or too many.',
      registers,
    }),
    received: new Counter({
      name: 'trackly_records_received_total',
      help: 'Records of accepted imports. In the end, each is saved, skipped or rejected.',
      registers,
    }),
  };
}
