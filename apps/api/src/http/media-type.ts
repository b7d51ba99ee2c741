import type { FastifyRequest } from 'fastify';

import { RequestError } from './request-error.ts';

/**
 * Chooses the media type of an answer: the one that Accept prefers, or the first allowed one if it has no preference.
 *
 * @throws RequestError `not_acceptable` if Accept allows none of the types
 */
export function chooseMediaType<T extends string>(request: FastifyRequest, types: readonly T[]): T {
  const preferred = request.types([...types]);
  const chosen = types.find((type) => type === preferred);
  if (!chosen) throw new RequestError('not_acceptable');
  return chosen;
}
