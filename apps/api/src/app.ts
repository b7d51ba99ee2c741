import accepts from '@fastify/accepts';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { TSchema } from '@sinclair/typebox';
import { compile, compileParameters } from '@trackly/contract';
import {
  addRightsMetric,
  HEADERS_TIMEOUT_MS,
  REQUEST_TIMEOUT_MS,
  statusRoutes,
  TIMEOUT_CHECK_MS,
  type Logger,
  type Readiness,
} from '@trackly/runtime';
import Fastify, { LogController } from 'fastify';

import { contactListRoutes } from './contacts/contact-list-routes.ts';
import { createApiMetrics } from './metrics.ts';
import { admission } from './load/admission.ts';
import { authentication } from './http/authentication.ts';
import { answers, roomForAnswer } from './load/answers.ts';
import { availability } from './load/availability.ts';
import { Budget } from './load/budget.ts';
import { Connections } from './load/connections.ts';
import { decompression } from './http/decompression.ts';
import { description, descriptionRoutes } from './description/documentation.ts';
import { draining } from './load/draining.ts';
import { errors, refuseBrokenRequest, refuseUnreadablePath } from './http/errors.ts';
import { idempotency } from './http/idempotency.ts';
import { quota } from './load/quota.ts';
import { jsonBody } from './http/json-body.ts';
import { parameterEncoding } from './http/parameter-encoding.ts';
import { requestIdOf, requestLog } from './http/request-log.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { requester } from './load/requester.ts';
import { Strangers } from './load/strangers.ts';
import { turnTaking } from './load/turn-taking.ts';
import { Turns } from './load/turns.ts';
import { tracing } from './http/tracing.ts';
import { importErrorRoutes } from './imports/error-routes.ts';
import { importListRoutes } from './imports/list-routes.ts';
import { importRecordsRoutes } from './imports/record-routes.ts';
import { importRoutes } from './imports/import-routes.ts';
import { oneRecordRoutes } from './imports/one-record-routes.ts';
import { listRoutes } from './lists/list-routes.ts';
import { offerRoutes } from './offers/offer-routes.ts';
import { revenueReportRoutes } from './reports/revenue-report-routes.ts';
import type { Services } from './services.ts';
import { Traffic } from './load/traffic.ts';

/** An id has up to 255 UTF-16 code units, each of which takes up to nine characters when percent-encoded. */
const MAX_ID_IN_PATH = 255 * 9;

const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

/** The paths that the API is served under. */
const PREFIXES = ['/api/v2', '/v2'];

/** Builds the HTTP application. The caller makes it listen, drains it and closes it. */
export function buildApp(services: Services, logger: Logger) {
  const traffic = new Traffic();
  const drain = () => traffic.drain(services.waiter);
  const { limits } = services;
  const memory = new Budget(limits.memory);
  const metrics = createApiMetrics(services, memory);
  addRightsMetric(metrics.registry, () => services.rights.areComplete);
  const turns = new Turns(limits.turns);
  const reportTurns = new Turns(limits.reportTurns);
  const strangers = new Strangers(limits);
  const connections = new Connections(limits, strangers, metrics.closedConnections);
  const readiness = (): Readiness => {
    if (traffic.isDraining) return 'draining';
    const { watch, rights } = services;
    return watch.databaseIsUp && watch.queueIsUp && rights.areComplete ? 'ready' : 'unavailable';
  };

  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    frameworkErrors: refuseUnreadablePath,
    clientErrorHandler: refuseBrokenRequest,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_ID_IN_PATH },
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: services.trustedProxies ?? false,
    serverFactory: (handle) =>
      connections.createServer(
        {
          requestTimeout: REQUEST_TIMEOUT_MS,
          headersTimeout: HEADERS_TIMEOUT_MS,
          keepAliveTimeout: services.keepAliveMs,
          connectionsCheckingInterval: TIMEOUT_CHECK_MS,
          // Otherwise Node would answer a request without a Host header itself, with an empty body.
          requireHostHeader: false,
        },
        handle,
      ),
    // Ignore `__proto__` and `constructor` like any other unknown field: nothing merges the parsed object.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
  }).withTypeProvider<TypeBoxTypeProvider>();
  // Ignore unknown values of Expect: Node would answer 417 with an empty body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) =>
    httpPart === 'querystring' ? compileParameters(schema) : compile(schema),
  );
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeContentTypeParser('text/plain');

  app.register(requester, { connections });
  app.register(answers, { memory, connections });
  app.register(requestLog);
  app.register(requestMetrics, { metrics });
  app.register(helmet);
  app.register(errors, { metrics, strangers });
  app.register(description);
  app.register(descriptionRoutes, { strangers });
  app.register(statusRoutes, { metrics: metrics.registry, readiness });
  app.register((api, _options, done) => {
    api.register(tracing);
    api.register(draining, { traffic });
    api.register(availability, services);
    api.register(authentication, { ...services, strangers, connections });
    api.register(roomForAnswer, { memory });
    api.register(parameterEncoding);
    api.register(accepts);
    api.register((ledger, _ledgerOptions, ledgerDone) => {
      ledger.register(turnTaking, { turns });
      ledger.register(jsonBody, { memory, limitBytes: BODY_LIMIT_BYTES });
      for (const prefix of PREFIXES) {
        ledger.register(importRoutes, { prefix, ...services });
        ledger.register(importListRoutes, { prefix, ...services });
        ledger.register(importErrorRoutes, { prefix, ...services });
        ledger.register(contactListRoutes, { prefix, ...services });
        ledger.register(listRoutes, { prefix, ...services });
        ledger.register(offerRoutes, { prefix, ...services });
      }
      ledger.register((imports, _importOptions, importsDone) => {
        imports.register(decompression);
        imports.register(quota, services);
        imports.register(admission, services);
        imports.register(idempotency);
        for (const kind of Object.values(services.kinds)) {
          const { one } = kind;
          for (const prefix of PREFIXES) {
            const options = { prefix, ...services, metrics };
            imports.register(importRecordsRoutes, { ...options, kind });
            if (one) imports.register(oneRecordRoutes, { ...options, kind: { ...kind, one } });
          }
        }
        importsDone();
      });
      ledgerDone();
    });
    for (const prefix of PREFIXES) api.register(revenueReportRoutes, { prefix, ...services, turns: reportTurns });
    done();
  });
  return { app, drain };
}
