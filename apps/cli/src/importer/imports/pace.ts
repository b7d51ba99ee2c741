const FIRST_LIMIT = 4;
/** How many requests should wait inside the service: with fewer, it may be idle; with more, they only wait longer. */
const WAITING = { least: 2, most: 4 };

/**
 * Adapts the number of simultaneous requests to the service, like TCP Vegas (Brakmo and Peterson, 1995). Compares the
 * average answer time with the shortest average so far to estimate how many requests only wait in the service, and
 * raises or lowers the number by one accordingly. Halves it when the service refuses a request or does not answer.
 */
export class Pace {
  readonly #most: number;
  #limit: number;
  #quickestMs = Infinity;
  #answers = 0;
  #totalMs = 0;
  #isRecovering = false;

  /** @param most maximum number of simultaneous requests */
  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(FIRST_LIMIT, most);
  }

  /** How many requests may be under way. */
  get limit(): number {
    return this.#limit;
  }

  /** Reports that a request was answered after `ms` milliseconds. */
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

  /** Reports a refused or unanswered request. Several reports before the next round of answers count once. */
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
