import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import type { RequestErrorCode } from '@trackly/contract';
import { DatabaseError } from '@trackly/db';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import type { ApiMetrics } from '../metrics.ts';
import { parameterError } from './parameter-error.ts';
import { RequestError } from './request-error.ts';

/** What the refusals of Fastify and Node are called in our contract. */
const codeOfFastifyError: Record<string, RequestErrorCode> = {
  // The client has left, or sent what is not HTTP, in the middle of its body: nobody's failure but its own.
  ECONNRESET: 'malformed_request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_CP_ERR_INVALID_CONTENT: 'invalid_json',
  FST_CP_ERR_INVALID_CONTENT_ENCODING: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_CTP_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
};

/** Answers every refusal and failure with `{error, code}`; what is wrong inside stays in the log. */
export const errors = plugin<{ metrics: ApiMetrics }>((app, { metrics }, done) => {
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
    // With the connection closed while it is still sending, a client would not get to see the answer.
    if (refusal.code === 'payload_too_large') reply.removeHeader('connection');
    if (refusal.code === 'internal_error') request.log.error({ err: error }, 'request failed');
    else if (error instanceof DatabaseError) request.log.warn({ err: error }, 'request refused');
    if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter);
    return reply.code(refusal.statusCode).send(refusal.answer);
  });
  done();
});

/** Answers a path that the router cannot even read, such as "/%zz", like any other that leads nowhere. */
export function refuseUnreadablePath(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode, answer } = new RequestError('not_found');
  void reply.code(statusCode).header('x-request-id', request.id).send(answer);
}

const codeOfClientError: Record<string, RequestErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Answers what never became a request, and hangs up. */
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
  if (error.validationContext === 'querystring') return parameterError(error.validation);
  if (error instanceof DatabaseError && error.isTransient) return new RequestError('unavailable');
  // What Fastify refuses has a status. A code alone is anybody's: a lost Redis has ECONNRESET, too.
  const isRefusal = error.statusCode !== undefined && error.statusCode < 500;
  return new RequestError((isRefusal && codeOfFastifyError[error.code]) || 'internal_error');
}
