import type { FastifyRequest } from 'fastify';

import { RequestError } from './request-error.ts';

/**
 * Chooses the form of an answer: of the types that Accept allows the one that it prefers, and the first of those when it
 * has no preference.
 *
 * @throws RequestError `not_acceptable` when it allows none
 */
export function chooseMediaType<T extends string>(request: FastifyRequest, types: readonly T[]): T {
  const preferred = request.types([...types]);
  const chosen = types.find((type) => type === preferred);
  if (!chosen) throw new RequestError('not_acceptable');
  return chosen;
}
