import type { Socket } from 'node:net';

import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

import type { Limits } from './limits.ts';
import { Turns } from './turns.ts';

const MOST_PUNISHED = 10_000;
const PUNISHED_MS = 10_000;

/** So long is the turn of a new connection of such an address. */
const PUNISHMENT_MS = 100;

/** Turns of the requests without a valid key. However many there are, they take little from the others. */
export class Strangers {
  readonly #turns: Turns;
  readonly #connectionTurns: Turns;
  readonly #pauseMs: number;

  /** Addresses whose connections have kept the process busy lately. */
  readonly #punished = new LRUCache<string, true>({ max: MOST_PUNISHED, ttl: PUNISHED_MS });

  constructor(limits: Pick<Limits, 'strangerTurns' | 'connectionTurns' | 'strangerPauseMs'>) {
    const { strangerTurns, connectionTurns, strangerPauseMs } = limits;
    this.#turns = new Turns(strangerTurns);
    this.#connectionTurns = new Turns(connectionTurns);
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

  /** Makes the next connections of an address wait for long, because one of them has kept the process busy. */
  punish(stranger: string): void {
    this.#punished.set(stranger, true);
  }

  /**
   * Waits until a new connection may be served. What comes first on many connections at once would keep the process busy
   * for long, so their address takes turns with others.
   *
   * @returns a function to call when something has come on the connection
   * @throws RequestError `too_many_requests` or `overloaded`
   */
  async admitConnection(stranger: string, socket: Socket): Promise<() => void> {
    const endTurn = await this.#connectionTurns.take(stranger, socket);
    const isPunished = this.#punished.has(stranger);
    setTimeout(endTurn, isPunished ? PUNISHMENT_MS : this.#pauseMs);
    return isPunished ? () => undefined : endTurn;
  }
}
