import type { EventEmitter } from 'node:events';

import { RequestError } from '../http/request-error.ts';

export interface TurnsOptions {
  /** Turns at the same time, of all requesters. */
  atOnce: number;
  /** Turns at the same time, of each requester. */
  atOnceEach: number;
  /** Requests of each requester that wait for a turn. */
  waitingEach: number;
  /** How long a request waits for a turn, in milliseconds. */
  patienceMs: number;
}

/** After a turn that computes for as long as this before it waits for something, the requester rests. */
const LONG_MS = 5;

/** Where a requester's requests wait for one another. */
interface Line {
  running: number;
  /** By the clock of `performance`. */
  restsUntil: number;
  waiting: Set<(endTurn: () => void) => void>;
}

/**
 * Turns at something that only few requests can use at the same time, such as connections to PostgreSQL. Requesters are
 * served in rotation, so a request waits for others of its own requester, and for one turn of each other requester.
 *
 * At most one turn begins in each round of the event loop. So what arrives for other requests is handled between two
 * turns, even if each takes long to compute. After such a turn, while others have turns or wait for one, the requester's
 * next turn begins only after a rest of the same length.
 */
export class Turns {
  readonly #options: TurnsOptions;
  /** In the order in which they are served. */
  readonly #lines = new Map<string, Line>();
  #running = 0;
  #hasBegun = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /**
   * Waits for a turn.
   *
   * @param response of the request. When it is closed, the request no longer waits
   * @returns a function that ends the turn; further calls do nothing
   * @throws RequestError `too_many_requests` if too many requests of the requester are waiting; after `patienceMs`,
   * `too_many_requests` if other turns of the requester were on, otherwise `overloaded`
   */
  async take(requester: string, response: Pick<EventEmitter, 'once' | 'off'>): Promise<() => void> {
    const line = this.#lines.get(requester) ?? { running: 0, restsUntil: 0, waiting: new Set() };
    if (line.waiting.size >= this.#options.waitingEach) throw new RequestError('too_many_requests');
    this.#lines.set(requester, line);
    const turn = Promise.withResolvers<() => void>();
    line.waiting.add(turn.resolve);
    this.#beginNext();
    if (!line.waiting.has(turn.resolve)) return turn.promise;

    const giveUp = (code: 'malformed_request' | 'too_many_requests' | 'overloaded') => {
      if (!line.waiting.delete(turn.resolve)) return;
      this.#forgetIfIdle(requester, line);
      turn.reject(new RequestError(code));
    };
    const onClose = () => giveUp('malformed_request');
    response.once('close', onClose);
    const timer = setTimeout(
      () => giveUp(line.running > 0 ? 'too_many_requests' : 'overloaded'),
      this.#options.patienceMs,
    );
    try {
      return await turn.promise;
    } finally {
      clearTimeout(timer);
      response.off('close', onClose);
    }
  }

  #beginNext(): void {
    const { atOnce, atOnceEach } = this.#options;
    if (this.#hasBegun || this.#running >= atOnce) return;
    const now = performance.now();
    const isAlone = this.#lines.size === 1;
    for (const [requester, line] of this.#lines) {
      const [begin] = line.waiting;
      if (!begin || line.running >= atOnceEach || (line.restsUntil > now && !isAlone)) continue;
      line.waiting.delete(begin);
      // To the end of the rotation.
      this.#lines.delete(requester);
      this.#lines.set(requester, line);
      begin(this.#begin(requester, line));
      return;
    }
  }

  #begin(requester: string, line: Line): () => void {
    line.running += 1;
    this.#running += 1;
    this.#hasBegun = true;
    const begunAt = performance.now();
    setImmediate(() => {
      this.#hasBegun = false;
      this.#rest(line, performance.now() - begunAt);
      this.#beginNext();
    });
    let isOn = true;
    return () => {
      if (!isOn) return;
      isOn = false;
      line.running -= 1;
      this.#running -= 1;
      this.#forgetIfIdle(requester, line);
      this.#beginNext();
    };
  }

  #rest(line: Line, tookMs: number): void {
    if (tookMs < LONG_MS) return;
    line.restsUntil = performance.now() + tookMs;
    setTimeout(() => this.#beginNext(), tookMs);
  }

  #forgetIfIdle(requester: string, { running, waiting }: Line): void {
    if (running === 0 && waiting.size === 0) this.#lines.delete(requester);
  }
}
