import { DatabaseError } from '@trackly/db';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import { Refusal } from '../refusal.ts';
import { errorPage } from '../views/messages.ts';
import { sendPage } from '../views/layout.ts';
import { requireSession, wantsPage } from './require-session.ts';

/** Answers what fails or leads nowhere with a page, or with `{error}` for programs; details stay in the log. */
export const errors = plugin((app, _options, done) => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { statusCode, message } = toRefusal(error);
    if (statusCode >= 500) request.log.error({ err: error }, 'request failed');
    return answer(request, reply.code(statusCode), message);
  });

  // Whoever is not signed in learns nothing about which paths there are.
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
  // Fastify's own refusals say nothing of us: an unreadable path, a body too large, a field missing.
  if (statusCode < 500) return new Refusal(statusCode, error.message);
  return new Refusal(500, 'Something went wrong: the log of ops says what.');
}
