import type { ImportOutcome } from '@trackly/contract';
import type { Database } from '@trackly/db';
import type { Producer, Waiter } from '@trackly/queue';

import type { ApiKinds } from './kinds/api-kind.ts';
import type { ServerWatch } from './load/server-watch.ts';

/** What the routes work with. */
export interface Services {
  /** What can be imported. */
  kinds: ApiKinds;
  db: Database;
  /** For reports alone: they take long, and imports do not wait for them. */
  reportsDb: Database;
  producer: Producer;
  waiter: Waiter<ImportOutcome>;
  watch: ServerWatch;
  /** Records in a chunk, at most. */
  chunkSize: number;
  /** Milliseconds that a request waits for its import, at most. */
  syncWaitMs: number;
  /** Chunks that may be in the ledger without being saved: of all accounts, and of one. */
  maxOpenChunks: number;
  maxOpenChunksPerAccount: number;
  /** The event loop's mean delay, in a second, above which the process has enough to do; 0: it never has. */
  maxLagMs: number;
}
