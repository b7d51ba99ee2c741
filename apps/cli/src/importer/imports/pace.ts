const FIRST_LIMIT = 4;
/** How many requests may wait inside the service: with fewer it may be idle, with more they only wait longer. */
const WAITING = { least: 2, most: 4 };

/**
 * Finds out how many requests at the same time serve best. More and more of them, while answers take no longer than
 * with few; half as many when the service refuses some or loses them. From how much longer answers take than the
 * quickest did follows how many of the requests only wait, as in TCP Vegas (Brakmo and Peterson, 1995).
 */
export class Pace {
  readonly #most: number;
  #limit: number;
  #quickestMs = Infinity;
  #answers = 0;
  #totalMs = 0;
  #isRecovering = false;

  /** @param most requests at the same time */
  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(FIRST_LIMIT, most);
  }

  /** Requests that may be under way. */
  get limit(): number {
    return this.#limit;
  }

  /** A request has its answer, after `ms`. */
  answered(ms: number): void {
    this.#answers += 1;
    this.#totalMs += ms;
    if (this.#answers < this.#limit) return;
    const averageMs = this.#totalMs / this.#answers;
    this.#quickestMs = Math.min(this.#quickestMs, averageMs);
    const waiting = this.#limit * (1 - this.#quickestMs / averageMs);
    if (waiting < WAITING.least) this.#set(this.#limit + 1);
    else if (waiting > WAITING.most) this.#set(this.#limit - 1);
    else this.#set(this.#limit);
  }

  /** The service has refused a request for now, or there was no answer. Those of the same moment count once. */
  refused(): void {
    if (this.#isRecovering) return;
    this.#set(Math.floor(this.#limit / 2));
    this.#isRecovering = true;
  }

  #set(limit: number): void {
    this.#limit = Math.min(Math.max(limit, 1), this.#most);
    this.#answers = 0;
    this.#totalMs = 0;
    this.#isRecovering = false;
  }
}
