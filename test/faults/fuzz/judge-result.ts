import { isDeepStrictEqual } from 'node:util';

import { kindSpecs } from '@trackly/contract';

import type { Endpoint } from './endpoints.ts';
import type { Answer } from './exchange.ts';
import type { Foreseen } from './expectation.ts';

/** Errors in an answer. */
const MAX_LISTED = 100;
/** The code that depends on what other requests have brought. */
export const NOT_FORESEEN = 'custom_fields_too_large';

/**
 * Holds the result of an import against what is foreseen, and its numbers against each other.
 *
 * @param foreseen undefined where the contract leaves it open
 * @returns how many records were saved
 * @throws naming what is wrong with it
 */
export function judgeResult(
  result: unknown,
  answer: Answer,
  endpoint: Endpoint,
  foreseen: Foreseen | undefined,
): number {
  const { kind, counts } = endpoint;
  const fields = new Map(Object.entries(result ?? {}));
  const names = ['success_count', 'error_count', ...counts];
  if ([...fields.keys()].join() !== [...names, 'errors'].join()) fail('no counts', answer);
  if (!names.every((name) => Number(fields.get(name)) >= 0)) fail('a count that is no number', answer);
  const count = (name: string) => Number(fields.get(name) ?? 0);
  const errors: unknown = fields.get('errors');
  if (!Array.isArray(errors) || errors.length !== Math.min(count('error_count'), MAX_LISTED)) fail('no errors', answer);
  if (!errors.every((error) => Object.hasOwn(kindSpecs[kind].errors, codeOf(error))))
    fail('an undocumented code', answer);
  const created = count('list_contacts_created') + count('list_contacts_updated');
  if (created > count('success_count') || count('contacts_created') > count('list_contacts_created')) {
    fail('more contacts than records', answer);
  }
  if (count('journeys_enrolled') > 0) fail('journeys, which there are none of', answer);
  if (foreseen) judgeForeseen(foreseen, { answer, endpoint, errors, count });
  return count('success_count');
}

/**
 * Holds the answer to a record that came without a list against what it must have.
 *
 * @returns how many records were saved
 * @throws naming what is wrong with it
 */
export function judgeOne(result: unknown, answer: Answer, { one }: Endpoint, foreseen: Foreseen | undefined): number {
  const [rejection] = foreseen?.errors ?? [];
  if (rejection) fail(`a 200 instead of ${rejection.code}`, answer);
  const fields = new Map(Object.entries(result ?? {}));
  if ([...fields.keys()].join() !== one?.answer.join() || fields.get('success') !== true) fail('no success', answer);
  return fields.get('is_new_offer') === false ? 0 : 1;
}

interface Result {
  answer: Answer;
  endpoint: Endpoint;
  errors: unknown[];
  count: (name: string) => number;
}

function judgeForeseen(
  { recordCount, body, errors: expected }: Foreseen,
  { answer, endpoint, errors, count }: Result,
): void {
  // The state of an import ends with its result.
  if (body !== undefined && answer.text !== body && !answer.text.endsWith(`,"result":${body}}`)) {
    fail('other counts than the records have', answer, `expected: ${body}`);
  }
  const sum = count('success_count') + count('error_count') + count('duplicates_skipped');
  if (sum !== recordCount) fail(`counts that are not ${recordCount} together`, answer);
  if (!expected) return;

  const known = errors.filter((error) => codeOf(error) !== NOT_FORESEEN);
  const listed = errors.length - known.length;
  const unforeseen = count('error_count') - expected.length;
  const isCountRight = count('error_count') <= MAX_LISTED ? unforeseen === listed : unforeseen >= listed;
  if (!isCountRight || !isDeepStrictEqual(known, expected.slice(0, known.length))) {
    fail('other errors than the records have', answer, `expected: ${JSON.stringify(expected)}`);
  }
  const phones = endpoint.kind === 'sends' ? expected.filter(({ code }) => code === 'invalid_phone').length : 0;
  if (count('invalid_phones') !== phones) fail(`other than ${phones} invalid phones`, answer);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** @throws telling an answer that is wrong */
export function fail(what: string, { status, headers, text }: Answer, more = ''): never {
  const shown = `${status} ${JSON.stringify(headers)} ${text.slice(0, 1000)}`;
  throw new Error(`${what}\nanswer: ${shown}${more && `\n${more.slice(0, 1000)}`}`);
}
