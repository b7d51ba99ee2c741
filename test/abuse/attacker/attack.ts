/** A request as it goes over the wire. */
export interface RawRequest {
  /** All up to the empty line, without it; each `{random}` becomes 32 letters and digits, new ones each time. */
  head: string;
  body?: Uint8Array;
}

interface Connections {
  /** For people. */
  name: string;
  port: number;
  /** Where the connections come from. */
  localAddress: string;
  /** At the same time; each that is cut off is opened again. */
  connections: number;
  /** Connections take turns at them. */
  requests: readonly RawRequest[];
}

/** Sends the next request as soon as the one before is answered, and reads each answer. */
export interface Flood extends Connections {
  kind: 'flood';
}

/** Asks, and does not read the answers, or hardly. */
export interface Unread extends Connections {
  kind: 'unread';
  /** Requests of a connection, sent together. */
  pipelined: number;
  /** How many bytes it reads each second; unset: none. */
  sipBytes?: number;
  /** Whether it says nothing more, not even to notice that it was cut off. */
  isSilent?: boolean;
}

/** Sends a part of the body at once, and the rest a byte at a time. */
export interface Trickle extends Connections {
  kind: 'trickle';
  bytesAtOnce: number;
  everyMs: number;
}

/** What somebody does who means harm. Can be sent to another process. */
export type Attack = Flood | Unread | Trickle;

/** What came of it. */
export interface AttackCounters {
  /** Connections that were made. */
  connections: number;
  /** Requests that were sent, at least up to the body. */
  requests: number;
  /** Answers by their status. */
  answers: Record<string, number>;
  /** Connections that ended before the attack did. */
  cuts: number;
  seconds: number;
}
