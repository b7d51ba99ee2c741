import fc from 'fast-check';

import type { FuzzAccount } from './endpoints.ts';
import type { Answer } from './exchange.ts';
import { fail } from './judge-result.ts';
import { codeOf } from './judge.ts';
import type { FuzzRequest } from './requests.ts';

/** A request for what an account has, and how it must be answered. */
export interface Read {
  request: FuzzRequest;
  /** The code of the refusal; undefined: it is answered. */
  code: string | undefined;
  /** Of the page that is asked for: its name, and how much may be on it. */
  page?: { name: string; size: number };
}

interface Parameter {
  name: string;
  value: string;
  isRight: boolean;
}

const MOST_LISTED = 100_000;
const WRONG_NUMBERS = ['0', '-1', '1.5', 'x', '', ' ', 'null', '1,2', '\0', '-1e999', "1' OR 1=1"];
const INFINITE = ['9'.repeat(400), '1e999', 'Infinity'];
const WRONG_TEXTS = ['', ' ', '\0', '😀', 'x'.repeat(2000), "' OR ''='", '%', '\ud83d\ude00\u202e', '[object Object]'];

const draw = (name: string, right: readonly string[], wrong: readonly string[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...right).map((value): Parameter => ({ name, value, isRight: true })), weight: 4 },
    { arbitrary: fc.constantFrom(...wrong).map((value): Parameter => ({ name, value, isRight: false })), weight: 1 },
  );

const pages = draw('page', ['1', '2', '7', '1000', '99999', '100001', '9007199254740991', ...INFINITE], WRONG_NUMBERS);
const perPage = (most: number) =>
  draw('per_page', ['1', '2', String(most)], [...WRONG_NUMBERS, ...INFINITE, String(most + 1)]);
const strangers = fc.constantFrom('foo', '', '__proto__', 'PAGE', 'page[]', 'constructor').map((name): Parameter => ({
  name,
  value: '1',
  isRight: false,
}));

/** Requests for contacts, lists and offers: pages of them, and one by its id. */
export function reads({ apiKey, lists, offerIds }: FuzzAccount): fc.Arbitrary<Read> {
  const toRequest = (path: string): FuzzRequest => ({
    method: 'GET',
    path,
    headers: { 'x-api-key': apiKey },
    body: new Uint8Array(),
    chunked: false,
  });

  function pageOf(name: string, size: { default: number; most: number }, filters: readonly fc.Arbitrary<Parameter>[]) {
    const all = [pages, perPage(size.most), ...filters];
    const known = fc.subarray(all).chain((chosen) => fc.tuple(...chosen));
    const parameters = fc.oneof({ arbitrary: known, weight: 9 }, { arbitrary: fc.tuple(strangers), weight: 1 });
    return parameters.map((drawn): Read => {
      const query = drawn.map(({ name: key, value }) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
      const number = (key: string, initial: number) => Number(drawn.find((one) => one.name === key)?.value ?? initial);
      const perPageNumber = number('per_page', size.default);
      const isDeep = (number('page', 1) - 1) * perPageNumber >= MOST_LISTED;
      const code = drawn.every(({ isRight }) => isRight) ? (isDeep ? 'page_too_deep' : undefined) : 'invalid_parameter';
      return { request: toRequest(`/api/v2/${name}?${query.join('&')}`), code, page: { name, size: perPageNumber } };
    });
  }

  function oneOf(name: string, right: readonly string[], wrong: readonly string[]) {
    return fc
      .oneof(
        fc.constantFrom(...right).map((id) => ({ id, code: undefined })),
        fc.constantFrom(...wrong).map((id) => ({ id, code: 'not_found' })),
      )
      .map(({ id, code }): Read => ({ request: toRequest(`/v2/${name}/${encodeURIComponent(id)}`), code }));
  }

  const numbers = [...lists.values()];
  return fc.oneof(
    pageOf('contacts', { default: 50, most: 1000 }, [
      draw('list_number', [...numbers, '15559'], WRONG_TEXTS),
      draw('phone_number', ['+15551000001', '+15559999999'], [...WRONG_TEXTS, '15551000001']),
      draw('active', ['true', 'false'], [...WRONG_TEXTS, 'TRUE']),
    ]),
    pageOf('lists', { default: 1000, most: 1000 }, [draw('status', ['active', 'inactive'], WRONG_TEXTS)]),
    pageOf('offers', { default: 50, most: 100 }, []),
    oneOf(
      'lists',
      [...lists.keys()].map(String),
      WRONG_NUMBERS.filter((id) => id !== ''),
    ),
    // None that could be the id of an offer that was imported.
    oneOf('offers', offerIds, ['no such offer', '\0', '9'.repeat(400), '%00', "1' OR 1=1"]),
  );
}

/**
 * Holds an answer against what was asked for.
 *
 * @throws naming what is wrong with it
 */
export function judgeRead({ code, page }: Read, answer: Answer): void {
  const { status, text } = answer;
  if (!String(answer.headers['content-type']).startsWith('application/json'))
    fail('an answer that is not JSON', answer);
  if (status !== 200) {
    const refused = codeOf(answer, status === 404 ? ['not_found'] : ['invalid_parameter', 'page_too_deep']);
    if (refused !== code) fail(`${status} ${refused} instead of ${code ?? '200'}`, answer);
    return;
  }
  if (code !== undefined) fail(`a 200 instead of ${code}`, answer);
  if (!page) return;
  const fields = new Map<string, unknown>(Object.entries(JSON.parse(text)));
  const items = fields.get(page.name);
  if (!Array.isArray(items) || items.length > page.size || !fields.has('pagination')) fail('no page', answer);
}
