import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { TSchema } from '@sinclair/typebox';
import { compile, type RevenueOutcome } from '@trackly/contract';
import type { Database } from '@trackly/db';
import type { Producer, Waiter } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';
import Fastify, { LogController } from 'fastify';

import { authentication } from './plugins/authentication.ts';
import { documentation } from './plugins/documentation.ts';
import { errors, refuseUnreadablePath } from './plugins/errors.ts';
import { requestIdOf, requestLog } from './plugins/request-log.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { revenueImportRoutes } from './routes/revenue-imports.ts';

/** What the routes work with. */
export interface Services {
  db: Database;
  producer: Producer;
  waiter: Waiter<RevenueOutcome>;
  /** Records in a chunk, at most. */
  chunkSize: number;
  /** Milliseconds that a request waits for its import, at most. */
  syncWaitMs: number;
}

const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

/** The paths that the API is served under. */
const PREFIXES = ['/api/v2', '/v2'];

/** Builds the HTTP application; the caller listens and closes. */
export function buildApp(services: Services, logger: Logger) {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    frameworkErrors: refuseUnreadablePath,
    bodyLimit: BODY_LIMIT_BYTES,
    // Unknown fields are ignored, these two like any other: nothing merges what was parsed.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler<TSchema>(({ schema }) => compile(schema));
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeContentTypeParser('text/plain');

  app.register(requestLog);
  app.register(errors);
  app.register(helmet);
  app.register(documentation);
  app.register(healthRoutes, services);
  for (const prefix of PREFIXES) {
    app.register(
      (api, _options, done) => {
        api.register(authentication, services);
        api.register(compress, { globalCompression: false, requestEncodings: ['gzip', 'deflate', 'br'] });
        api.register(revenueImportRoutes, services);
        api.register(importRoutes, services);
        done();
      },
      { prefix },
    );
  }
  return app;
}
