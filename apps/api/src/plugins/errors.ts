import type { RequestErrorCode } from '@trackly/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import { RequestError } from '../request-error.ts';

/** What Fastify's own refusals are called in our contract. */
const codeOfFastifyError: Record<string, RequestErrorCode> = {
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
export const errors = plugin((app, _options, done) => {
  app.setNotFoundHandler(() => {
    throw new RequestError('not_found');
  });

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = toRequestError(error);
    if (refusal.code === 'internal_error') request.log.error({ err: error }, 'request failed');
    return reply.code(refusal.statusCode).send({ error: refusal.message, code: refusal.code });
  });
  done();
});

/** Answers a path that the router cannot even read, such as "/%zz", like any other that leads nowhere. */
export function refuseUnreadablePath(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode, message, code } = new RequestError('not_found');
  void reply.code(statusCode).header('x-request-id', request.id).send({ error: message, code });
}

function toRequestError(error: FastifyError): RequestError {
  if (error instanceof RequestError) return error;
  return new RequestError(codeOfFastifyError[error.code] ?? 'internal_error');
}
