import type { ImportOutcome } from '@trackly/contract';
import type { Database } from '@trackly/db';
import type { Producer, Waiter } from '@trackly/queue';
import type { RightsWatch } from '@trackly/servers';

import type { ApiKinds } from './kinds/api-kind.ts';
import type { Limits } from './load/limits.ts';
import type { ServerWatch } from './load/server-watch.ts';

/** What the routes work with. */
export interface Services {
  /** The kinds that can be imported. */
  kinds: ApiKinds;
  db: Database;
  /** Connections for reports only: they take long, and imports must not wait for them. */
  reportsDb: Database;
  producer: Producer;
  waiter: Waiter<ImportOutcome>;
  watch: ServerWatch;
  rights: Pick<RightsWatch, 'areComplete'>;
  /** Maximum number of records in a chunk. */
  chunkSize: number;
  /** Maximum wait of a request for its import, in milliseconds. */
  syncWaitMs: number;
  /** Maximum number of open chunks in the ledger: of all accounts, and of one. */
  maxOpenChunks: number;
  maxOpenChunksPerAccount: number;
  /** What requesters may use at the same time. */
  limits: Limits;
  /** Comma-separated addresses and networks whose X-Forwarded-For is trusted. */
  trustedProxies: string | undefined;
  /** How long a connection may be idle between requests, in milliseconds. */
  keepAliveMs: number;
  /** Bytes of an account's rejected records that are kept, and estimated bytes of all that its imports store, at most. */
  maxKeptBytesPerAccount: number;
  maxStoredBytesPerAccount: number;
}
