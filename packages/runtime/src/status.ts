import Fastify, { type FastifyPluginCallback } from 'fastify';
import type { Registry } from 'prom-client';

export type Readiness = 'ready' | 'draining' | 'unavailable';

export interface StatusOptions {
  metrics: Registry;
  /** Whether the process can do its work now. */
  readiness: () => Readiness | Promise<Readiness>;
}

/** Probes and scrapes come every few seconds: only those that fail are worth a log line. */
const options = { schema: { hide: true }, logLevel: 'warn' as const };

/** For supervisors, load balancers and Prometheus: is the process alive, is it ready, and how is it doing? */
export const statusRoutes: FastifyPluginCallback<StatusOptions> = (app, { metrics, readiness }, done) => {
  app.get('/healthz', options, () => ({ status: 'alive' }));

  app.get('/readyz', options, async (_request, reply) => {
    const status = await readiness();
    return reply.code(status === 'ready' ? 200 : 503).send({ status });
  });

  app.get('/metrics', options, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
  done();
};

export interface StatusServerOptions extends StatusOptions {
  host: string;
  /** Undefined: `usualPort` or, when that is taken, a free one, for several processes may run on one host. */
  port: number | undefined;
  usualPort: number;
}

export interface StatusServer extends AsyncDisposable {
  url: string;
}

/** Serves {@link statusRoutes} for a process that serves nothing else. */
export async function openStatusServer({
  host,
  port,
  usualPort,
  ...status
}: StatusServerOptions): Promise<StatusServer> {
  try {
    return await listen(host, port ?? usualPort, status);
  } catch (error) {
    if (port === undefined && isPortTaken(error)) return listen(host, 0, status);
    throw error;
  }
}

async function listen(host: string, port: number, status: StatusOptions): Promise<StatusServer> {
  const app = Fastify({ forceCloseConnections: true });
  app.register(statusRoutes, status);
  const url = await app.listen({ host, port });
  return { url, [Symbol.asyncDispose]: () => app.close() };
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
