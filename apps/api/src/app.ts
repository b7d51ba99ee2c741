import accepts from '@fastify/accepts';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { TSchema } from '@sinclair/typebox';
import { compile, compileParameters } from '@trackly/contract';
import { statusRoutes, type Logger, type Readiness } from '@trackly/runtime';
import Fastify, { LogController } from 'fastify';

import { createApiMetrics } from './metrics.ts';
import { admission } from './load/admission.ts';
import { authentication } from './http/authentication.ts';
import { availability } from './load/availability.ts';
import { decompression } from './http/decompression.ts';
import { documentation } from './description/documentation.ts';
import { draining } from './load/draining.ts';
import { errors, refuseBrokenRequest, refuseUnreadablePath } from './http/errors.ts';
import { idempotency } from './http/idempotency.ts';
import { jsonBody } from './http/json-body.ts';
import { parameterEncoding } from './http/parameter-encoding.ts';
import { requestIdOf, requestLog } from './http/request-log.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { tracing } from './http/tracing.ts';
import { importErrorRoutes } from './imports/error-routes.ts';
import { importListRoutes } from './imports/list-routes.ts';
import { importRecordsRoutes } from './imports/record-routes.ts';
import { importRoutes } from './imports/import-routes.ts';
import { revenueReportRoutes } from './reports/revenue-report-routes.ts';
import type { Services } from './services.ts';
import { Traffic } from './load/traffic.ts';

const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

/** How long a client may take to send its headers, and its whole request. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const TIMEOUT_CHECK_MS = 1_000;

const MAX_CONNECTIONS = 10_000;

/** The paths that the API is served under. */
const PREFIXES = ['/api/v2', '/v2'];

/** Builds the HTTP application. The caller makes it listen, drains it and closes it. */
export function buildApp(services: Services, logger: Logger) {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    frameworkErrors: refuseUnreadablePath,
    clientErrorHandler: refuseBrokenRequest,
    routerOptions: { ignoreTrailingSlash: true },
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      // Otherwise Node would answer a request without a Host header itself, with an empty body.
      requireHostHeader: false,
    },
    // Ignore `__proto__` and `constructor` like any other unknown field: nothing merges the parsed object.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
  }).withTypeProvider<TypeBoxTypeProvider>();
  const traffic = new Traffic();
  const drain = () => traffic.drain(services.waiter);
  const metrics = createApiMetrics(services);
  const readiness = (): Readiness => {
    if (traffic.isDraining) return 'draining';
    return services.watch.databaseIsUp && services.watch.queueIsUp ? 'ready' : 'unavailable';
  };

  app.server.maxConnections = MAX_CONNECTIONS;
  // Ignore unknown values of Expect: Node would answer 417 with an empty body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) =>
    httpPart === 'querystring' ? compileParameters(schema) : compile(schema),
  );
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeContentTypeParser('text/plain');

  app.register(requestLog);
  app.register(requestMetrics, { metrics });
  app.register(helmet);
  app.register(errors, { metrics });
  app.register(documentation);
  app.register(statusRoutes, { metrics: metrics.registry, readiness });
  app.register((api, _options, done) => {
    api.register(tracing);
    api.register(draining, { traffic });
    api.register(availability, services);
    api.register(authentication, services);
    api.register(parameterEncoding);
    api.register(accepts);
    for (const prefix of PREFIXES) {
      api.register(importRoutes, { prefix, ...services });
      api.register(importListRoutes, { prefix, ...services });
      api.register(importErrorRoutes, { prefix, ...services });
      api.register(revenueReportRoutes, { prefix, ...services });
    }
    api.register((imports, _importOptions, registered) => {
      imports.register(decompression);
      imports.register(admission, { ...services, bodyLimitBytes: BODY_LIMIT_BYTES });
      imports.register(idempotency);
      imports.register(jsonBody);
      for (const kind of Object.values(services.kinds)) {
        for (const prefix of PREFIXES) imports.register(importRecordsRoutes, { prefix, ...services, kind, metrics });
      }
      registered();
    });
    done();
  });
  return { app, drain };
}
