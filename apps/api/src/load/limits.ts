import type { BudgetOptions } from './budget.ts';
import type { TurnsOptions } from './turns.ts';

const MIB = 1024 * 1024;

/**
 * What all requesters together, and each of them, may use of a process at the same time. A requester is an account or,
 * without a valid key, an address.
 */
export interface Limits {
  /** Turns to begin with a request, before anything is known but its connection. They end at once. */
  starts: TurnsOptions;
  /** Turns at processor and database, from the parsing of a body to its acceptance, or for a read. */
  turns: TurnsOptions;
  /** Turns at the database for reports, which take long. */
  reportTurns: TurnsOptions;
  /** Turns of requests without a valid key. */
  strangerTurns: TurnsOptions;
  /** Turns of new connections, until something has come on them. */
  connectionTurns: TurnsOptions;
  /**
   * How long the turn of a request without a valid key lasts at least, which limits their number per second, and that of a
   * connection at most; in milliseconds.
   */
  strangerPauseMs: number;
  /** Bytes of bodies on their way in, and of answers on their way out. */
  memory: BudgetOptions;
  /** Bytes of the heads of requests that are not answered yet, and of what the process keeps about each of them. */
  requests: BudgetOptions;
  /** Connections on which no valid key has come. */
  strangeConnections: BudgetOptions;
  /** Connections on which one has. */
  knownConnections: BudgetOptions;
  /** Requests on a connection that are not answered yet. */
  pipelined: number;
  /** How long an answer waits for a client that reads nothing of it, in milliseconds. */
  stallMs: number;
}

export const LIMITS: Limits = {
  starts: { atOnce: 1, atOnceEach: 1, waitingEach: 16_000, patienceMs: 10_000 },
  turns: { atOnce: 8, atOnceEach: 4, waitingEach: 1_000, patienceMs: 10_000 },
  reportTurns: { atOnce: 2, atOnceEach: 1, waitingEach: 1_000, patienceMs: 60_000 },
  strangerTurns: { atOnce: 8, atOnceEach: 2, waitingEach: 1_000, patienceMs: 2_000 },
  connectionTurns: { atOnce: 8, atOnceEach: 2, waitingEach: 1_000, patienceMs: 10_000 },
  strangerPauseMs: 10,
  memory: { total: 192 * MIB, each: 64 * MIB },
  requests: { total: 96 * MIB, each: 32 * MIB },
  strangeConnections: { total: 1_000, each: 1_000 },
  knownConnections: { total: 9_000, each: 9_000 },
  pipelined: 16,
  stallMs: 30_000,
};
