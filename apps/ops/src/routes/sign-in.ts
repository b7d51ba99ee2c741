import formBody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';

import { localPath } from '../local-path.ts';
import { Refusal } from '../refusal.ts';
import { endSession, hasSession, startSession, type Credentials } from '../session.ts';
import { sendPage } from '../views/layout.ts';
import { signInPage } from '../views/sign-in.ts';

export interface SignInOptions {
  credentials: Credentials;
  /** Whether other machines can connect, so that passwords may cross a network. */
  isRemote: boolean;
}

const BODY_LIMIT_BYTES = 8 * 1024;

/** Limit of sign-in attempts from one address, successful or not. */
const ATTEMPTS = { max: 10, timeWindow: '1 minute' };

const Next = Type.String({ default: '/', maxLength: 2_000 });
const Form = Type.Object({
  user: Type.String({ maxLength: 200 }),
  password: Type.String({ maxLength: 1_000 }),
  next: Type.Optional(Next),
});

/** Serves sign-in and sign-out. */
export const signInRoutes: FastifyPluginAsyncTypebox<SignInOptions> = async (app, { credentials, isRemote }) => {
  await app.register(formBody, { bodyLimit: BODY_LIMIT_BYTES });
  await app.register(rateLimit, {
    global: false,
    ...ATTEMPTS,
    errorResponseBuilder: (_request, { after }) => new Refusal(429, `Too many attempts: try again in ${after}.`),
  });

  app.get('/sign-in', { schema: { querystring: Type.Object({ next: Type.Optional(Next) }) } }, (request, reply) => {
    const next = localPath(request.query.next ?? '/');
    if (hasSession(request)) return reply.redirect(next, 303);
    return sendPage(reply, signInPage({ next, isUnprotected: isRemote && request.protocol !== 'https' }));
  });

  app.post('/sign-in', { schema: { body: Form }, config: { rateLimit: ATTEMPTS } }, async (request, reply) => {
    const { user, password, next = '/' } = request.body;
    if (await credentials.areRight(user, password)) {
      request.log.info('signed in');
      startSession(request, reply);
      return reply.redirect(localPath(next), 303);
    }
    request.log.warn({ address: request.ip }, 'wrong user or password');
    const isUnprotected = isRemote && request.protocol !== 'https';
    return sendPage(reply.code(401), signInPage({ next: localPath(next), isUnprotected, hasFailed: true }));
  });

  app.post('/sign-out', (request, reply) => {
    endSession(request, reply);
    return reply.redirect('/sign-in', 303);
  });
};
