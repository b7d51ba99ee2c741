import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import type { RequestErrorCode } from '@trackly/contract';
import { DatabaseError } from '@trackly/db';
import { ForeignHostError } from '@trackly/runtime';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import type { ApiMetrics } from '../metrics.ts';
import type { Strangers } from '../load/strangers.ts';
import { MethodsByPath } from './methods-by-path.ts';
import { parameterError } from './parameter-error.ts';
import { RequestError } from './request-error.ts';

/** Maps the error codes of Fastify and Node to those of the API. */
const codeOfFastifyError: Record<string, RequestErrorCode> = {
  // The client has disconnected, or sent invalid HTTP, in the middle of its body.
  ECONNRESET: 'malformed_request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_CTP_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
};

/** Longer addresses are of no route: looking for one would only take time. */
const LONGEST_URL = 1_024;

/** Answers every refusal and failure with `{error, code}`. Internal details go to the log only. */
export const errors = plugin<{ metrics: ApiMetrics; strangers: Strangers }>((app, { metrics, strangers }, done) => {
  const methods = new MethodsByPath();
  app.addHook('onRoute', ({ method, url }) => methods.add(url, method));
  // In a hook, because the handler for what is not found would wait for the body.
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    (await strangers.admit(request, reply))(false);
    const allowed = request.url.length > LONGEST_URL ? [] : methods.of(request.url);
    if (allowed.length === 0) throw new RequestError('not_found');
    reply.header('allow', allowed.join(', '));
    throw new RequestError('method_not_allowed');
  });
  // For a file that the page of the description does not have: its route exists.
  app.setNotFoundHandler(() => {
    throw new RequestError('not_found');
  });

  app.addHook('onRequest', async ({ headers, raw }) => {
    // https://www.rfc-editor.org/rfc/rfc9112#section-3.2
    if (headers.host === undefined && raw.httpVersion === '1.1') throw new RequestError('malformed_request');
  });

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = toRequestError(error);
    metrics.refusals.inc({ code: refusal.code });
    // A client whose connection is closed while it is still sending would not receive the answer.
    if (refusal.code === 'payload_too_large') reply.removeHeader('connection');
    if (refusal.code === 'internal_error') request.log.error({ err: error }, 'request failed');
    else if (error instanceof DatabaseError) request.log.warn({ err: error }, 'request refused');
    if (refusal.answer.import_id !== undefined) reply.header('x-import-id', refusal.answer.import_id);
    if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter);
    return reply.code(refusal.statusCode).send(refusal.answer);
  });
  done();
});

/** Answers 404 for a path that the router cannot decode, such as "/%zz". */
export function refuseUnreadablePath(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode, answer } = new RequestError('not_found');
  void reply.code(statusCode).header('x-request-id', request.id).send(answer);
}

const codeOfClientError: Record<string, RequestErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Answers data that is not a valid HTTP request, and closes the connection. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { statusCode, answer } = new RequestError(codeOfClientError[error.code ?? ''] ?? 'malformed_request');
  const body = JSON.stringify(answer);
  socket.end(
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function toRequestError(error: FastifyError): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof ForeignHostError) return new RequestError('foreign_host', error.message);
  if (error.validationContext === 'querystring') return parameterError(error.validation);
  if (error instanceof DatabaseError && error.isTransient) return new RequestError('unavailable');
  // Refusals of Fastify have a status. A code alone proves nothing: a lost Redis connection has ECONNRESET, too.
  const isRefusal = error.statusCode !== undefined && error.statusCode < 500;
  return new RequestError((isRefusal && codeOfFastifyError[error.code]) || 'internal_error');
}
