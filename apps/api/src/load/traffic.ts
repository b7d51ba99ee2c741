import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { Waiter } from '@trackly/queue';

/** Without a request for so long, the load balancers have noticed that they should send them elsewhere. */
const QUIET_MS = 500;

/** Whoever waits longer for an import while the process is ending gets the address of its state. */
const LONGEST_WAIT_MS = 10_000;

/** For the answers after that: they are ready, and only have to be sent. */
const LAST_ANSWERS_MS = 1_000;

const POLL_MS = 50;

/** The requests that are being answered, so that the process can end without cutting an answer. */
export class Traffic {
  #inFlight = 0;
  #lastAt = 0;
  #isDraining = false;

  /** Whether the process is ending. Requests that still come are served, on connections that then close. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Counts a request until its connection has its response, or is gone. */
  count(response: ServerResponse): void {
    this.#inFlight += 1;
    this.#lastAt = Date.now();
    response.once('close', () => {
      this.#inFlight -= 1;
      this.#lastAt = Date.now();
    });
  }

  /** Waits until nothing is being answered any more, for eleven seconds at most. */
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
