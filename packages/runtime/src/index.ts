export {
  fewClients,
  HEADERS_TIMEOUT_MS,
  limitConnections,
  REQUEST_TIMEOUT_MS,
  TIMEOUT_CHECK_MS,
} from './client-limits.ts';
export { logConnectionErrors } from './connection-errors.ts';
export { attachEmbeddedServer, type EmbeddedServer, type EmbeddedServerOptions } from './embedded/attach.ts';
export { freePort } from './embedded/cluster.ts';
export { listen } from './listen.ts';
export { hasLoopbackHost, isLoopback, LOOPBACK_HOST } from './loopback.ts';
export { createLogger, type Logger } from './logger.ts';
export { addCounter, addPoolMetrics, addRightsMetric, createMetrics } from './metrics.ts';
export { MALLOC_ENV, NODE_FLAGS } from './memory-options.ts';
export { commonSettings, proxyList, readSettings } from './settings.ts';
export { runService, type Service } from './service.ts';
export { ForeignHostError, openStatusServer, statusRoutes, type Readiness, type StatusOptions } from './status.ts';
