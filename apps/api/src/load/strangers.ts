import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

import type { Limits } from './limits.ts';
import { Turns } from './turns.ts';

const MOST_PUNISHED = 10_000;
const PUNISHED_MS = 10_000;

/** So long is the turn that a punished address loses. */
const PUNISHMENT_MS = 100;

/** Turns of the requests without a valid key. However many there are, they take little from the others. */
export class Strangers {
  readonly #turns: Turns;
  readonly #pauseMs: number;

  /** Addresses whose connections have kept the process busy lately. */
  readonly #punished = new LRUCache<string, true>({ max: MOST_PUNISHED, ttl: PUNISHED_MS });

  constructor({ strangerTurns, strangerPauseMs }: Pick<Limits, 'strangerTurns' | 'strangerPauseMs'>) {
    this.#turns = new Turns(strangerTurns);
    this.#pauseMs = strangerPauseMs;
  }

  /**
   * Waits until the request may be answered.
   *
   * @returns a function to call when it is known whether the request has a valid key
   * @throws RequestError `too_many_requests` or `overloaded`
   */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<(hasValidKey: boolean) => void> {
    const endTurn = await this.#turns.take(request.requester, reply.raw);
    return (hasValidKey) => {
      if (hasValidKey) endTurn();
      else setTimeout(endTurn, this.#pauseMs);
    };
  }

  /** Takes a turn from an address because its connection has kept the process busy, and delays its next connections. */
  punish(stranger: string): void {
    this.#punished.set(stranger, true);
    this.#turns.take(stranger, new EventEmitter()).then(
      (endTurn) => setTimeout(endTurn, PUNISHMENT_MS),
      // Its line is long already.
      () => undefined,
    );
  }

  /**
   * Reads from a new connection when it is the turn of its address, if that was punished lately.
   *
   * @throws RequestError `too_many_requests` or `overloaded`
   */
  async delay(stranger: string, socket: Socket): Promise<void> {
    if (!this.#punished.has(stranger)) return;
    socket.pause();
    const endTurn = await this.#turns.take(stranger, socket);
    setTimeout(endTurn, this.#pauseMs);
    socket.resume();
  }
}
