import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { TSchema } from '@sinclair/typebox';
import { compile } from '@trackly/contract';
import { addRightsMetric, fewClients, limitConnections, statusRoutes, type Logger } from '@trackly/runtime';
import type { RightsWatch } from '@trackly/servers';
import Fastify, { LogController } from 'fastify';

import { createOpsMetrics } from './metrics.ts';
import { createMonitor, type MonitorOptions } from './monitor.ts';
import { errors } from './plugins/errors.ts';
import { loopbackOnly } from './plugins/loopback-only.ts';
import { requestLog } from './plugins/request-log.ts';
import { requireSession } from './plugins/require-session.ts';
import { sameOrigin } from './plugins/same-origin.ts';
import { assetRoutes } from './routes/assets.ts';
import { boardRoutes } from './routes/board.ts';
import { importRoutes } from './routes/imports.ts';
import { overviewRoutes } from './routes/overview.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { EndedSessions, type Credentials } from './session.ts';

export interface OpsOptions extends MonitorOptions {
  rights: Pick<RightsWatch, 'areComplete'>;
  /** Undefined: no sign-in, but access from this machine only. */
  credentials: Credentials | undefined;
  /** Whether other machines can connect. */
  isRemote: boolean;
  /** Whether Bull Board may change the queue. */
  allowActions: boolean;
  /** Comma-separated addresses and networks whose X-Forwarded-* headers are trusted. */
  trustedProxies: string | undefined;
  /** How many days workers keep imports. */
  keptDays: number;
}

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Builds the console. The caller makes it listen and closes it. */
export function buildApp(options: OpsOptions, logger: Logger) {
  const { db, inspector, credentials, isRemote, allowActions, trustedProxies, keptDays } = options;
  const monitor = createMonitor(options);
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: trustedProxies ?? false,
    forceCloseConnections: true,
    ...fewClients,
  }).withTypeProvider<TypeBoxTypeProvider>();
  limitConnections(app);
  app.decorate('hasSessions', credentials !== undefined);
  app.decorate('endedSessions', new EndedSessions());
  app.setValidatorCompiler<TSchema>(({ schema }) => compile(schema));

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  app.register(requestLog);
  // The default, no-referrer, would remove the origin of our own forms, and sameOrigin would refuse them.
  app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, referrerPolicy: { policy: 'same-origin' } });
  app.register(errors);
  if (!credentials) app.register(loopbackOnly);
  app.register(sameOrigin);
  if (credentials) app.register(cookie, { secret: credentials.sessionKey });

  const metrics = createOpsMetrics(db, monitor);
  addRightsMetric(metrics, () => options.rights.areComplete);
  app.register(statusRoutes, {
    metrics,
    readiness: async () => {
      if (!options.rights.areComplete) return 'unavailable';
      const { ledger, queue } = await monitor.readServers();
      return ledger && queue ? 'ready' : 'unavailable';
    },
  });
  app.register(assetRoutes);
  if (credentials) app.register(signInRoutes, { credentials, isRemote });
  app.register((inside, _options, done) => {
    if (credentials) inside.addHook('onRequest', requireSession);
    inside.register(overviewRoutes, { monitor, queueServer: inspector.serverName });
    inside.register(importRoutes, { db, inspector, keptDays });
    inside.register(boardRoutes, { inspector, allowActions });
    done();
  });
  return app;
}
