import { scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import type { FastifyReply, FastifyRequest } from 'fastify';

const derive = promisify<string, string, number, Buffer>(scrypt);

const COOKIE = 'trackly_ops';
const KEY_BYTES = 32;
const SESSION_SECONDS = 8 * 60 * 60;

/** Says what the key is for: the same password gives other keys elsewhere. */
const PURPOSE = 'trackly ops session';

/** Who may sign in, and the key that their sessions are signed with. */
export interface Credentials {
  /** The same in every process that is told the same user and password, and another after a change of either. */
  readonly sessionKey: Buffer;
  /** Takes as long for a wrong user or password as for the right ones. */
  areRight(user: string, password: string): Promise<boolean>;
}

/** Derives the key of the sessions from the password, slowly, so that a session gives no cheap way to guess it. */
export async function createCredentials(user: string, password: string): Promise<Credentials> {
  const sessionKey = await deriveKey(user, password);
  return {
    sessionKey,
    areRight: async (triedUser, triedPassword) =>
      timingSafeEqual(await deriveKey(triedUser, triedPassword), sessionKey),
  };
}

function deriveKey(user: string, password: string): Promise<Buffer> {
  return derive(password, JSON.stringify([PURPOSE, user]), KEY_BYTES);
}

/** Gives the client a session: a signed cookie that says until when it lasts, in milliseconds since 1970. */
export function startSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.setCookie(COOKIE, String(Date.now() + SESSION_SECONDS * 1_000), {
    signed: true,
    maxAge: SESSION_SECONDS,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  });
}

export function endSession(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: '/' });
}

/** Whether the request bears a session that we have given and that has not ended. */
export function hasSession(request: FastifyRequest): boolean {
  const { valid, value } = request.unsignCookie(request.cookies[COOKIE] ?? '');
  return valid && Number(value) > Date.now();
}
