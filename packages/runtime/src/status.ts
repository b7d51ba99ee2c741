import { setImmediate as nextRound } from 'node:timers/promises';

import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';

import { fewClients, limitConnections } from './client-limits.ts';
import { listen, PortTakenError } from './listen.ts';
import { hasLoopbackHost, isLoopback } from './loopback.ts';

export type Readiness = 'ready' | 'draining' | 'unavailable';

export interface StatusOptions {
  metrics: Registry;
  /** Whether the process can do its work now. */
  readiness: () => Readiness | Promise<Readiness>;
}

/** A request for metrics on loopback names another host. */
export class ForeignHostError extends Error {
  override readonly name = 'ForeignHostError';
  readonly statusCode = 403;

  constructor() {
    super('On this machine, /metrics answers requests to localhost and 127.0.0.1 only: send one of them as Host.');
  }
}

/** Probes and scrapes come every few seconds: log only those that fail. */
const seldomLogged = { schema: { hide: true }, logLevel: 'warn' as const };

/** Serves /healthz, /readyz and /metrics for supervisors, load balancers and Prometheus. */
export const statusRoutes: FastifyPluginCallback<StatusOptions> = (app, { metrics, readiness }, done) => {
  const sharedReadiness = shared(async () => readiness());
  const sharedMetrics = shared(async () => metrics.metrics());
  app.get('/healthz', seldomLogged, () => ({ status: 'alive' }));

  app.get('/readyz', seldomLogged, async (_request, reply) => {
    const status = await sharedReadiness();
    return reply.code(status === 'ready' ? 200 : 503).send({ status });
  });

  app.get('/metrics', { ...seldomLogged, onRequest: refuseForeignHosts }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await sharedMetrics()),
  );
  done();
};

/** Has all callers of the same round of the event loop, and those that come before there is an answer, share it. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return async () => {
    answer ??= nextRound()
      .then(ask)
      .finally(() => (answer = undefined));
    return answer;
  };
}

/** Keeps pages of malicious sites from reading metrics in a browser on this machine: see {@link hasLoopbackHost}. */
async function refuseForeignHosts({ headers, socket }: FastifyRequest): Promise<void> {
  if (isLoopback(socket.localAddress ?? '') && !hasLoopbackHost(headers)) throw new ForeignHostError();
}

export interface StatusServerOptions extends StatusOptions {
  host: string;
  /** Undefined: `usualPort` or, if it is taken, a free port, because several processes may run on one host. */
  port: number | undefined;
  usualPort: number;
  /** Name of the setting with the port, for the error message. */
  setting: string;
}

export interface StatusServer extends AsyncDisposable {
  url: string;
}

/**
 * Serves {@link statusRoutes} for a process without an HTTP server of its own.
 *
 * @throws PortTakenError if `port` is given and taken
 */
export async function openStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  const { port, usualPort } = options;
  try {
    return await serve(options, port ?? usualPort);
  } catch (error) {
    if (port === undefined && error instanceof PortTakenError) return serve(options, 0);
    throw error;
  }
}

async function serve({ host, setting, metrics, readiness }: StatusServerOptions, port: number): Promise<StatusServer> {
  // Loaded late, so that commands that only need the settings start without it.
  const { fastify } = await import('fastify');
  const app = fastify({ ...fewClients, forceCloseConnections: true });
  limitConnections(app);
  app.register(statusRoutes, { metrics, readiness });
  const url = await listen(app, { host, port, setting });
  return { url, [Symbol.asyncDispose]: () => app.close() };
}
