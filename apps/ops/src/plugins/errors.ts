import { DatabaseError } from '@trackly/db';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import { Refusal } from '../refusal.ts';
import { errorPage } from '../views/messages.ts';
import { sendPage } from '../views/layout.ts';
import { requireSession, wantsPage } from './require-session.ts';

/** Answers failures and unknown paths with a page, or with `{error}` for programs. Details go to the log only. */
export const errors = plugin((app, _options, done) => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { statusCode, message } = toRefusal(error);
    if (statusCode >= 500) request.log.error({ err: error }, 'request failed');
    return answer(request, reply.code(statusCode), message);
  });

  // Do not reveal to clients that are not signed in which paths exist.
  const guard = app.hasSessions ? { preHandler: requireSession } : {};
  app.setNotFoundHandler(guard, (request, reply) => answer(request, reply.code(404), 'There is nothing here.'));
  done();

  function answer(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
    return wantsPage(request) ? sendPage(reply, errorPage(text)) : reply.send({ error: text });
  }
});

function toRefusal(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseError && error.isTransient)
    return new Refusal(503, 'PostgreSQL does not answer: try again.');
  const { statusCode = 500 } = error;
  // The messages of Fastify's own refusals reveal nothing internal: an invalid path, a large body, a missing field.
  if (statusCode < 500) return new Refusal(statusCode, error.message);
  return new Refusal(500, 'Something went wrong: see the log of ops.');
}
