import { parseTimestamp } from '@trackly/contract';

import { RequestError } from './request-error.ts';

/**
 * Parses a time parameter, and returns it in UTC. Unlike the time of a record, it may lie in the future.
 *
 * @throws RequestError `invalid_parameter`
 */
export function timeParameter(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = parseTimestamp(text, Infinity);
  if (time) return time;
  const expected = 'an ISO 8601 date or date-time since 1970, with + written as %2B';
  throw new RequestError('invalid_parameter', `${name} must be ${expected}.`);
}
