import { randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import type { FastifyReply, FastifyRequest } from 'fastify';

const derive = promisify<string, string, number, Buffer>(scrypt);

const COOKIE = 'trackly_ops';
const KEY_BYTES = 32;
const SESSION_SECONDS = 8 * 60 * 60;

/** Part of the salt, so that the same password gives another key elsewhere. */
const PURPOSE = 'trackly ops session';

/** Checks user and password, and holds the key that signs the sessions. */
export interface Credentials {
  /** The same in all processes with the same user and password; changes when either changes. */
  readonly sessionKey: Buffer;
  /** Takes the same time whether user and password are right or wrong. */
  areRight(user: string, password: string): Promise<boolean>;
}

/** Derives the session key from user and password, slowly, so that a session does not help to guess the password. */
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

declare module 'fastify' {
  interface FastifyInstance {
    endedSessions: EndedSessions;
  }
}

interface Session {
  id: string;
  /** Time of its end, in milliseconds since 1970. */
  end: number;
}

/** The sessions that were signed out before their end. Only this process knows them, as long as it runs. */
export class EndedSessions {
  readonly #ends = new Map<string, number>();

  add({ id, end }: Session): void {
    for (const [other, otherEnd] of this.#ends) if (otherEnd <= Date.now()) this.#ends.delete(other);
    this.#ends.set(id, end);
  }

  has({ id }: Session): boolean {
    return this.#ends.has(id);
  }
}

/** Starts a session: sets a signed cookie with the time of its end and its id. */
export function startSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.setCookie(COOKIE, `${Date.now() + SESSION_SECONDS * 1_000}.${randomUUID()}`, {
    signed: true,
    maxAge: SESSION_SECONDS,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  });
}

/** Ends the session of a request, also for whoever has a copy of its cookie. */
export function endSession(request: FastifyRequest, reply: FastifyReply): void {
  const session = sessionOf(request);
  if (session) request.server.endedSessions.add(session);
  reply.clearCookie(COOKIE, { path: '/' });
}

/** Whether the request has a valid session that has not ended. */
export function hasSession(request: FastifyRequest): boolean {
  return sessionOf(request) !== undefined;
}

function sessionOf(request: FastifyRequest): Session | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[COOKIE] ?? '');
  const [, end, id = ''] = (valid && /^(\d+)\.(.+)$/.exec(value)) || [];
  const session = { id, end: Number(end) };
  return session.end > Date.now() && !request.server.endedSessions.has(session) ? session : undefined;
}
