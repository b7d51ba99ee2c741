import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';

import type { ApiMetrics } from '../metrics.ts';
import { RequestError } from '../http/request-error.ts';
import { Budget, type Holding } from './budget.ts';
import type { ClosingReason } from './closing-reasons.ts';
import type { Limits } from './limits.ts';
import type { Strangers } from './strangers.ts';
import { strangerAt } from './stranger-at.ts';
import { Turns } from './turns.ts';

/** What a request takes in memory besides its head, about. */
const REQUEST_BYTES = 8 * 1024;

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
  readonly #requests: Budget;
  readonly #connections = new WeakMap<Socket, Connection>();
  /** One request after the other, of each requester in turns: thousands may arrive at the same time. */
  readonly #starts: Turns;

  /** @param closed counts the connections that it closes */
  constructor(limits: Limits, strangers: Strangers, closed: ApiMetrics['closedConnections']) {
    this.#limits = limits;
    this.#strangers = strangers;
    this.#closed = closed;
    this.#strange = new Budget(limits.strangeConnections);
    this.#known = new Budget(limits.knownConnections);
    this.#requests = new Budget(limits.requests);
    this.#starts = new Turns(limits.starts);
  }

  /** Creates a server whose connections are limited. */
  createServer(options: ServerOptions, handle: RequestListener): Server {
    const server = createServer(options, (request, response) => {
      const connection = this.#begin(request, response);
      if (!connection) return;
      void this.#start(connection, request, response).then((isStarted) => isStarted && handle(request, response));
    });
    const [serve] = server.listeners('connection');
    if (!serve) throw new Error('Node has changed how a server gets its connections.');
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => this.#open(socket, () => void Reflect.apply(serve, server, [socket])));
    return server;
  }

  /** Waits for the turn of a request. Returns false if it has not come, and closes the connection. */
  async #start({ requester }: Connection, { socket }: IncomingMessage, response: ServerResponse): Promise<boolean> {
    try {
      const endTurn = await this.#starts.take(requester, response);
      endTurn();
      return true;
    } catch {
      this.close(socket, 'too_many');
      return false;
    }
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
    void this.#serve(connection, socket, serve);
  }

  async #serve(connection: Connection, socket: Socket, serve: () => void): Promise<void> {
    try {
      connection.endTurn = await this.#strangers.admitConnection(connection.requester, socket);
    } catch {
      return this.close(socket, 'too_many');
    }
    serve();
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

  /** Counts a request of a connection. If too many are not answered yet, closes it. */
  #begin(request: IncomingMessage, response: ServerResponse): Connection | undefined {
    const { socket } = request;
    const connection = this.#connections.get(socket);
    if (!connection || socket.destroyed) return undefined;
    connection.endTurn?.();
    if (connection.pending >= this.#limits.pipelined) {
      // All that it has sent is read and dropped. That takes time, so its address must not do it often.
      this.#strangers.punish(strangerAt(socket.remoteAddress));
      this.close(socket, 'pipelining');
      return undefined;
    }
    const holding = this.#requests.hold(connection.requester, () => this.close(socket, 'gave_way'));
    if (holding.grow(bytesOf(request))) {
      this.close(socket, 'gave_way');
      return undefined;
    }
    connection.pending += 1;
    response.setMaxListeners(MOST_LISTENERS);
    response.once('close', () => {
      connection.pending -= 1;
      holding.release();
    });
    // The next request on the connection may wait for its import for longer than an answer may wait for its client. If its
    // answer is there already, Node limits it right after this, in a listener of its own.
    response.prependOnceListener('finish', () => connection.pending > 1 && socket.setTimeout(0));
    return connection;
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

function bytesOf({ rawHeaders, url = '' }: IncomingMessage): number {
  return rawHeaders.reduce((sum, text) => sum + text.length, REQUEST_BYTES + url.length);
}
