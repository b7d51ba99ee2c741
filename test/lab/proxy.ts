import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { breakOff } from './break-off.ts';

const HOST = '127.0.0.1';
const REBIND_ATTEMPTS = 50;
const REBIND_MS = 100;

interface Connection {
  client: Socket;
  /** Undefined while a stall keeps it from being made. */
  target: Socket | undefined;
}

export type Stalled = 'everything' | 'answers';

/** A network connection between two parts of the system, that can be troubled. */
export interface TcpProxy extends AsyncDisposable {
  port: number;
  /** Refuses new connections and breaks the current ones, as when the other host is gone. */
  cut(): Promise<void>;
  /** Ends {@link cut}. */
  restore(): Promise<void>;
  /**
   * Accepts, and passes nothing on, as when packets are lost on the way: in either direction, or of the answers only, so
   * that what was asked is done and nobody hears of it.
   */
  stall(what?: Stalled): void;
  /** Ends {@link stall}: what was held is passed on. */
  resume(): void;
  /** Leads new connections to another port of loopback, and breaks the current ones. */
  leadTo(port: number): void;
  /** Breaks all current connections, on both sides, as a firewall does that has forgotten them. */
  reset(): void;
}

/** Opens a proxy to a port of loopback. */
export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const connections = new Set<Connection>();
  let stalled: Stalled | undefined;
  let toPort = targetPort;
  let server = await listen(0, accept);
  const port = portOf(server);

  function accept(client: Socket): void {
    const connection: Connection = { client, target: undefined };
    connections.add(connection);
    client.on('error', () => {
      if (connection.target) breakOff(connection.target);
    });
    client.once('close', () => {
      connections.delete(connection);
      connection.target?.destroySoon();
    });
    if (stalled !== 'everything') join(connection);
  }

  function join(connection: Connection): void {
    const { client } = connection;
    const target = connect({ host: HOST, port: toPort, noDelay: true, allowHalfOpen: true });
    connection.target = target;
    target.on('error', () => breakOff(client));
    target.once('close', () => client.destroySoon());
    forward(client, target, () => stalled === 'everything');
    forward(target, client, () => stalled !== undefined);
    if (stalled) target.pause();
  }

  /** Like pipe(), but for the stall. */
  function forward(from: Socket, to: Socket, isStalled: () => boolean): void {
    from.on('data', (bytes) => {
      if (!to.write(bytes)) from.pause();
    });
    to.on('drain', () => {
      if (!isStalled()) from.resume();
    });
    from.once('end', () => to.end());
  }

  function reset(): void {
    for (const { client, target } of connections) {
      breakOff(client);
      if (target) breakOff(target);
    }
  }

  return {
    port,
    async cut() {
      const closed = close(server);
      reset();
      await closed;
    },
    async restore() {
      server = await listen(port, accept);
    },
    stall(what = 'everything') {
      stalled = what;
      for (const { client, target } of connections) {
        if (what === 'everything') client.pause();
        target?.pause();
      }
    },
    resume() {
      stalled = undefined;
      for (const connection of connections) {
        if (!connection.target) join(connection);
        connection.client.resume();
        connection.target?.resume();
      }
    },
    leadTo(other) {
      toPort = other;
      reset();
    },
    reset,
    async [Symbol.asyncDispose]() {
      const closed = close(server);
      reset();
      await closed;
    },
  };
}

/** Tries again while the port is taken: a connection of another program may have been given it during a cut. */
async function listen(port: number, accept: (client: Socket) => void): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const server = createServer({ noDelay: true, allowHalfOpen: true }, accept);
    try {
      server.listen(port, HOST);
      await once(server, 'listening');
      return server;
    } catch (error) {
      if (attempt === REBIND_ATTEMPTS) throw error;
      await delay(REBIND_MS);
    }
  }
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
