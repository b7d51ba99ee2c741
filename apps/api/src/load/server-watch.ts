import { setTimeout as delay } from 'node:timers/promises';

import { readBacklog, readUsage, type Database } from '@trackly/db';
import type { Producer } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import { Backlog } from './backlog.ts';
import { Usage } from './usage.ts';

const EVERY_MS = 100;

const LOOK_EVERY_MS = 50;

/** Knows at any moment, without a query, whether PostgreSQL and the queue answer. */
export interface ServerWatch extends AsyncDisposable {
  readonly backlog: Backlog;
  readonly usage: Usage;
  readonly databaseIsUp: boolean;
  readonly queueIsUp: boolean;
}

export interface ServerWatchOptions {
  /** A pool of its own, so that the watch does not wait for a connection that is in use. */
  db: Database;
  /** The pool of the requests, which read what an account takes when it is not watched yet. */
  requestsDb: Database;
  producer: Pick<Producer, 'ping'>;
  /**
   * A server counts as away after this many looks without an answer. Looks are 50 ms apart. If this process itself does
   * not run for a while, on a busy machine, that time is one look and not many.
   */
  awayAfterLooks: number;
  logger: Logger;
}

/** Pings PostgreSQL and the queue's server ten times a second, and reads the backlog and the usage from it. */
export async function watchServers(options: ServerWatchOptions): Promise<ServerWatch> {
  const { db, requestsDb, producer } = options;
  const backlog = new Backlog();
  const usage = new Usage((accountIds) => readUsage(requestsDb, accountIds));
  const ending = new AbortController();
  const database = createPulse('PostgreSQL', options, async () => {
    backlog.replace(await readBacklog(db));
    await usage.refresh((accountIds) => readUsage(db, accountIds));
  });
  const queue = createPulse('the queue', options, () => producer.ping());

  async function watch(pulse: Pulse): Promise<void> {
    while (!ending.signal.aborted) {
      await pulse.beat();
      await delay(EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  await Promise.all([database.beat(), queue.beat()]);
  const watching = Promise.all([watch(database), watch(queue)]);
  return {
    backlog,
    usage,
    get databaseIsUp() {
      return database.isUp;
    },
    get queueIsUp() {
      return queue.isUp;
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await watching;
    },
  };
}

type PulseOptions = Pick<ServerWatchOptions, 'awayAfterLooks' | 'logger'>;

interface Pulse {
  readonly isUp: boolean;
  /** Sends a ping. Resolves when the server has answered or the ping has failed. */
  beat(): Promise<void>;
}

/** Treats an overdue answer as a failure: a connection can be silent for long before it breaks. */
function createPulse(server: string, options: PulseOptions, ask: () => Promise<void>): Pulse {
  const { awayAfterLooks, logger } = options;
  let isUp = true;

  function setUp(): void {
    if (!isUp) logger.info({ server }, 'the server answers again');
    isUp = true;
  }

  function setAway(cause?: unknown): void {
    if (isUp) logger.error({ err: cause, server }, 'the server does not answer: imports are refused until it does');
    isUp = false;
  }

  return {
    get isUp() {
      return isUp;
    },
    async beat() {
      let isAnswered = false;
      let looks = 0;
      const look = setInterval(() => {
        looks += 1;
        // First read an answer that has arrived while this process did not run.
        if (looks >= awayAfterLooks) setImmediate(() => isAnswered || setAway());
      }, LOOK_EVERY_MS);
      try {
        await ask();
        setUp();
      } catch (error) {
        setAway(error);
      } finally {
        isAnswered = true;
        clearInterval(look);
      }
    },
  };
}
