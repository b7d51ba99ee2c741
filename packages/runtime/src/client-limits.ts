/** How long a client may take to send its headers, in milliseconds; also how long it may say nothing after connecting. */
export const HEADERS_TIMEOUT_MS = 10_000;

/** How long a client may take to send its whole request, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** How often the two are checked, in milliseconds. */
export const TIMEOUT_CHECK_MS = 1_000;

const MAX_CONNECTIONS = 100;

/** A client can send requests without reading the answers, which are in memory until then. */
const MAX_REQUESTS_PER_CONNECTION = 20;

/**
 * Options of Fastify for a server that few people and programs use, such as the console or that of probes. Others can
 * neither hold its connections without sending requests, nor fill its memory.
 */
export const fewClients = {
  requestTimeout: REQUEST_TIMEOUT_MS,
  maxRequestsPerSocket: MAX_REQUESTS_PER_CONNECTION,
  http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
};

/** Limits the connections of such a server. Node closes those beyond the limit at once. */
export function limitConnections({ server }: { server: { maxConnections: number } }): void {
  server.maxConnections = MAX_CONNECTIONS;
}
