import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { ApiMetrics } from '../metrics.ts';
import { RequestError } from '../http/request-error.ts';
import { Budget, type Holding } from './budget.ts';
import type { ClosingReason } from './closing-reasons.ts';
import type { Limits } from './limits.ts';
import type { Strangers } from './strangers.ts';
import { strangerAt } from './stranger-at.ts';

/** Listeners on an answer, by event: many parts of the service do something when it is closed. Node's default is 10. */
const MOST_LISTENERS = 20;

interface Connection {
  requester: string;
  holding: Holding;
  pending: number;
  /** Lets the next connection be served. */
  endTurn: (() => void) | undefined;
}

/** What happens to a connection that is not served yet is of no interest. */
function ignore(): void {}

/** Limits the connections of each requester, and how much may wait on each of them. */
export class Connections {
  readonly #limits: Pick<Limits, 'pipelined' | 'stallMs'>;
  readonly #strangers: Strangers;
  readonly #closed: ApiMetrics['closedConnections'];
  readonly #strange: Budget;
  readonly #known: Budget;
  readonly #connections = new WeakMap<Socket, Connection>();

  /** @param closed counts the connections that it closes */
  constructor(limits: Limits, strangers: Strangers, closed: ApiMetrics['closedConnections']) {
    this.#limits = limits;
    this.#strangers = strangers;
    this.#closed = closed;
    this.#strange = new Budget(limits.strangeConnections);
    this.#known = new Budget(limits.knownConnections);
  }

  /** Creates a server whose connections are limited. */
  createServer(options: ServerOptions, handle: RequestListener): Server {
    const server = createServer(options, (request, response) => {
      if (this.#begin(request.socket, response)) handle(request, response);
    });
    const [serve] = server.listeners('connection');
    if (!serve) throw new Error('Node has changed how a server gets its connections.');
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => this.#open(socket, () => void Reflect.apply(serve, server, [socket])));
    return server;
  }

  /** Counts a connection, and serves it when it is the turn of its address. Until then, hardly anything is read of it. */
  #open(socket: Socket, serve: () => void): void {
    const stranger = strangerAt(socket.remoteAddress);
    socket.on('error', ignore);
    const holding = this.#strange.hold(stranger, () => this.close(socket, 'too_many'));
    if (holding.grow(1)) return this.close(socket, 'too_many');
    const connection: Connection = { requester: stranger, holding, pending: 0, endTurn: undefined };
    this.#connections.set(socket, connection);
    socket.once('close', () => connection.holding.release());
    this.#strangers.admitConnection(stranger, socket).then(
      (endTurn) => {
        connection.endTurn = endTurn;
        serve();
      },
      () => this.close(socket, 'too_many'),
    );
  }

  /**
   * Counts a connection as one of the account, or of the trusted proxy, whose request has come on it.
   *
   * @throws RequestError if there are too many such connections
   */
  know(socket: Socket, requester: string): void {
    const connection = this.#connections.get(socket);
    if (!connection || connection.requester === requester) return;
    const holding = this.#known.hold(requester, () => this.close(socket, 'too_many'));
    const shortage = holding.grow(1);
    if (shortage) throw new RequestError(shortage);
    connection.holding.release();
    Object.assign(connection, { requester, holding });
  }

  /** Counts a request. Returns false if its connection has too many that are not answered yet, and closes it. */
  #begin(socket: Socket, response: ServerResponse): boolean {
    const connection = this.#connections.get(socket);
    if (!connection || socket.destroyed) return false;
    connection.endTurn?.();
    if (connection.pending >= this.#limits.pipelined) {
      // All that it has sent is read and dropped. That takes time, so its address must not do it often.
      this.#strangers.punish(strangerAt(socket.remoteAddress));
      this.close(socket, 'pipelining');
      return false;
    }
    connection.pending += 1;
    response.setMaxListeners(MOST_LISTENERS);
    response.once('close', () => (connection.pending -= 1));
    // The next request on the connection may wait for its import for longer than an answer may wait for its client. If its
    // answer is there already, Node limits it right after this, in a listener of its own.
    response.prependOnceListener('finish', () => connection.pending > 1 && socket.setTimeout(0));
    return true;
  }

  /** Closes the connection if the client reads nothing of an answer that is about to be sent. */
  limitStall(socket: Socket, response: ServerResponse): void {
    response.setTimeout(this.#limits.stallMs, () => this.close(socket, 'unread_answer'));
  }

  /** Closes a connection at once, whatever is under way on it. */
  close(socket: Socket, reason: ClosingReason): void {
    if (socket.destroyed) return;
    this.#closed.inc({ reason });
    socket.destroy();
  }
}
