import type { FastifyReply, FastifyRequest } from 'fastify';

import { Refusal } from '../refusal.ts';
import { hasSession } from '../session.ts';

/** A hook that requires a session. Redirects people to the sign-in page, which leads back; refuses programs. */
export async function requireSession(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (hasSession(request)) return undefined;
  if (request.method === 'GET' && wantsPage(request)) {
    return reply.redirect(`/sign-in?${new URLSearchParams({ next: request.url }).toString()}`, 303);
  }
  throw new Refusal(401, 'Sign in first, at /sign-in.');
}

/** Whether the client is a browser that expects a page. */
export function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}
