import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { Waiter } from '@trackly/queue';

/** After this long without a request, the load balancers send requests elsewhere. */
const QUIET_MS = 500;

/** While the process is ending, a client that waits longer than this for its import gets 202. */
const LONGEST_WAIT_MS = 10_000;

/** Time for sending these answers. */
const LAST_ANSWERS_MS = 1_000;

const POLL_MS = 50;

/** Counts the requests that are being answered, so that the process can end without cutting off an answer. */
export class Traffic {
  #inFlight = 0;
  #lastAt = 0;
  #isDraining = false;

  /** Whether the process is ending. Further requests are still served, on connections that then close. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Counts a request until its response is sent or its connection is closed. */
  count(response: ServerResponse): void {
    this.#inFlight += 1;
    this.#lastAt = Date.now();
    response.once('close', () => {
      this.#inFlight -= 1;
      this.#lastAt = Date.now();
    });
  }

  /** Waits until all requests are answered, for up to eleven seconds. */
  async drain(waiter: Pick<Waiter<unknown>, 'endWaits'>): Promise<void> {
    this.#isDraining = true;
    await until(() => this.#inFlight === 0 && Date.now() - this.#lastAt >= QUIET_MS, LONGEST_WAIT_MS);
    waiter.endWaits();
    await until(() => this.#inFlight === 0, LAST_ANSWERS_MS);
  }
}

async function until(condition: () => boolean, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!condition() && Date.now() < deadline) await delay(POLL_MS);
}
