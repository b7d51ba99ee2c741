import { fileURLToPath } from 'node:url';

import type { Contestant } from './contestant.ts';
import { offline } from './offline.ts';
import { product } from './product.ts';

/** In the order in which they take turns: those that are compared stand close to each other. */
export const contestants: readonly Contestant[] = [
  offline({ name: 'offline', title: 'a script for psql, service stopped', script: 'offline.sql' }),
  offline({
    name: 'offline-parallel',
    title: 'the same, tuned for several processors',
    script: 'offline-parallel.sql',
  }),
  product({ name: 'trackly', title: 'one worker, queue in Redis' }),
  product({
    name: 'plain',
    title: 'findMany, createMany, an update per contact',
    workerScript: fileURLToPath(new URL('plain/worker.ts', import.meta.url)),
    records: ({ plainRecords }) => plainRecords,
    warmUpRecords: 3_000,
  }),
  product({ name: 'grown', title: 'revenue rows already there', template: 'grown' }),
  product({ name: 'embedded', title: 'queue in PostgreSQL', queue: 'postgres' }),
  product({ name: 'workers-2', title: '2 workers', workers: 2 }),
  product({ name: 'workers-4', title: '4 workers', workers: 4 }),
  product({ name: 'even', title: 'all contacts evenly', template: 'even' }),
  product({ name: 'hot', title: '200 hot contacts', template: 'hot' }),
];
