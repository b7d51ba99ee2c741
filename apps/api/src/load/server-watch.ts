import { setTimeout as delay } from 'node:timers/promises';

import { readBacklog, type Database } from '@trackly/db';
import type { Producer } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import { Backlog } from './backlog.ts';

const EVERY_MS = 100;

const LOOK_EVERY_MS = 50;

/** Knows at any moment, without asking, whether a request could be accepted. */
export interface ServerWatch extends AsyncDisposable {
  readonly backlog: Backlog;
  readonly databaseIsUp: boolean;
  readonly queueIsUp: boolean;
}

export interface ServerWatchOptions {
  /** A pool of its own, so that the watch does not wait for a connection that is in use. */
  db: Database;
  producer: Pick<Producer, 'ping'>;
  /**
   * A server that has not answered for so many looks, 50 ms apart, counts as away. What our own process sleeps through,
   * on a machine that is too busy, is one look and not many.
   */
  awayAfterLooks: number;
  logger: Logger;
}

/** Asks PostgreSQL and the queue's server for a sign of life ten times a second, and the ledger for its backlog. */
export async function watchServers(options: ServerWatchOptions): Promise<ServerWatch> {
  const { db, producer } = options;
  const backlog = new Backlog();
  const ending = new AbortController();
  const database = createPulse('PostgreSQL', options, async () => backlog.replace(await readBacklog(db)));
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
  /** Settles when the server has answered, or failed to. */
  beat(): Promise<void>;
}

/** An answer that is overdue is as bad as none: a connection can be silent for long before it breaks. */
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
        // An answer that has come while we slept is read before it counts as overdue.
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
