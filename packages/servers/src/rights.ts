import { setTimeout as delay } from 'node:timers/promises';

import { describeMissingRights, findMissingRights, openDatabase, type Database } from '@trackly/db';
import type { QueueServer } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

const EVERY_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** What a process is connected to. */
interface Connected {
  databaseUrl: string;
  /** Whether a pooler such as PgBouncer is in front of PostgreSQL. */
  isPooled: boolean;
  queueServer: QueueServer;
}

/** Knows, without a query, whether the role of a process has all rights that the process needs. */
export interface RightsWatch extends AsyncDisposable {
  readonly areComplete: boolean;
}

/**
 * @returns a line that names what is missing and says what to run; undefined if nothing is
 * @throws DatabaseError if the role cannot connect
 */
export async function findRightsTrouble(connected: Connected): Promise<string | undefined> {
  const { databaseUrl: url, isPooled } = connected;
  const db = openDatabase({
    url,
    isPooled,
    poolSize: 1,
    applicationName: 'trackly-check',
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });
  try {
    return await askForTrouble(db, connected.queueServer);
  } finally {
    await db.$disconnect();
  }
}

/**
 * Checks the rights every five seconds, because an administrator can take one while the process runs. Logs what is
 * missing once, and when it is there again. A check that fails changes nothing: that the server is away is seen elsewhere.
 */
export function watchRights(db: Database, queueServer: QueueServer, logger: Logger): RightsWatch {
  const ending = new AbortController();
  const { signal } = ending;
  let trouble: string | undefined;

  async function check(): Promise<void> {
    const now = await askForTrouble(db, queueServer);
    if (now === trouble) return;
    trouble = now;
    if (now === undefined) logger.info('the role has all rights again');
    else logger.error(now);
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await check().catch(() => undefined);
    }
  }

  const watching = watch();
  return {
    get areComplete() {
      return trouble === undefined;
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await watching;
    },
  };
}

async function askForTrouble(db: Database, queueServer: QueueServer): Promise<string | undefined> {
  // Loaded late, so that commands that only need the database start without BullMQ.
  const { schemaOf } = await import('@trackly/queue');
  const missing = await findMissingRights(db, schemaOf(queueServer));
  return missing.rights.length > 0 ? describeMissingRights(missing) : undefined;
}
