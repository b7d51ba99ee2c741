import { compare, type Figure } from './figure.ts';
import { loneRecord, loneRequest } from './lone.ts';
import { memory } from './memory.ts';
import { sends } from './sends.ts';
import { workers } from './workers.ts';

/** All that is measured, in the order of the table. */
export const figures: readonly Figure[] = [
  compare({
    name: 'offline',
    title: 'sustained import, against a script for psql in a maintenance window',
    ours: 'trackly',
    against: 'offline',
    againstTitle: 'script',
    goal: { atLeast: 1.2 },
  }),
  compare({
    name: 'offline-parallel',
    title: 'sustained import, against such a script tuned for several processors',
    ours: 'trackly',
    against: 'offline-parallel',
    againstTitle: 'script',
    goal: {},
  }),
  compare({
    name: 'plain',
    title: 'sustained import, against findMany, createMany and an update per contact',
    ours: 'trackly',
    against: 'plain',
    againstTitle: 'plain',
    goal: { atLeast: 25 },
  }),
  loneRequest,
  loneRecord,
  compare({
    name: 'grown',
    title: 'sustained import against none, with revenue rows already there',
    size: 'grownRows',
    ours: 'grown',
    against: 'trackly',
    againstTitle: 'none',
    goal: { atLeast: 0.9 },
  }),
  compare({
    name: 'hot',
    title: 'sustained import with 200 hot contacts, against an even spread',
    ours: 'hot',
    against: 'even',
    againstTitle: 'even',
    goal: { atLeast: 0.9 },
  }),
  compare({
    name: 'embedded',
    title: 'sustained import with the queue in PostgreSQL, against Redis',
    ours: 'embedded',
    against: 'trackly',
    againstTitle: 'Redis',
    goal: { atLeast: 0.7 },
  }),
  sends,
  memory,
  workers,
];
