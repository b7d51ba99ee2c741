import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';

import { keysOf, type RevenueRecordErrorCode } from '@trackly/contract';

import type { Account } from '../lab/catalog.ts';
import type { Sent } from '../lab/client.ts';
import type { Product } from '../lab/product.ts';
import type { LabRequest } from '../lab/requests/request.ts';
import { buildRevenueRequest, toRevenueRequest } from '../lab/requests/revenue.ts';
import { get, importIdOf, post, type Answer } from '../support/http.ts';
import { failOnAmount } from '../support/unsavable.ts';

/** More than any other record here has: the database is told to fail on it. */
const UNSAVABLE = '9999999999.9999';
const NUMERIC_VALUE_OUT_OF_RANGE = '22003';

/**
 * What the documentation promises to whoever uses the product over HTTP: counts and codes, an answer that is sent again,
 * a compressed body, an import that is followed by its status URL.
 *
 * @returns the requests that were sent, to be compared with what is there
 * @throws at the first answer that is not as documented
 */
export async function checkEndToEnd(product: Product, account: Account): Promise<Sent[]> {
  const { url, sql, random } = product;
  const small = (key: string) => buildRevenueRequest(key, { account, recordsPerRequest: [10, 50] }, random.fork(key));
  await failOnAmount(sql, UNSAVABLE, NUMERIC_VALUE_OUT_OF_RANGE);

  const codes = requestWithEveryCode(account);
  const answered = await send(product, codes);
  expect(answered, codes, 200);

  const again = await send(product, codes);
  expect(again, codes, 200);
  if (again.text !== answered.text || again.headers.get('idempotent-replayed') !== 'true') {
    throw new Error(`A request that was sent again got another answer: ${again.text}`);
  }

  const compressed = small('gzip');
  const taken = await send(product, compressed, { gzip: true });
  expect(taken, compressed, 200);

  const followed = small('followed');
  const accepted = await send(product, followed, { headers: { prefer: 'respond-async' } });
  expect(accepted, followed, 202);
  const result = await product.until(
    async () => resultOf(await get(url + (accepted.headers.get('location') ?? ''), account.apiKey)),
    'the import that was answered 202 is completed',
  );
  return [
    sent(codes, [answered, again]),
    sent(compressed, [taken]),
    { ...sent(followed, [accepted]), answers: [JSON.stringify(result)] },
  ];
}

/** A right record and a wrong one for each code. */
function requestWithEveryCode(account: Account): LabRequest {
  const [message = { id: '', contact: '' }] = account.messages;
  const right = { message_id: message.id, offer_id: account.offers[0], revenue: '24.99' };
  const wrong: Record<RevenueRecordErrorCode, unknown> = {
    invalid_record: 'none',
    missing_message_id: { ...right, message_id: undefined },
    invalid_message_id: { ...right, message_id: 1 },
    missing_offer_id: { ...right, offer_id: undefined },
    invalid_offer_id: { ...right, offer_id: 1 },
    missing_revenue: { ...right, revenue: undefined },
    invalid_revenue: { ...right, revenue: -1 },
    invalid_payout: { ...right, payout: -1 },
    invalid_attribution_type: { ...right, attribution_type: 1 },
    invalid_timestamp: { ...right, timestamp: '2024-02-30' },
    message_not_found: { ...right, message_id: 'unknown' },
    offer_not_found: { ...right, offer_id: 'unknown' },
    contact_not_found: { ...right, message_id: account.orphan },
    save_error: { ...right, revenue: UNSAVABLE },
  };
  return toRevenueRequest('every-code', account, [
    { record: right, saved: { contact: message.contact, revenue: 249_900 } },
    ...keysOf(wrong).map((code) => ({ record: wrong[code], code })),
  ]);
}

interface SendOptions {
  gzip?: boolean;
  headers?: Record<string, string>;
}

/** Sends it until it is not refused: on a busy machine an API that has just started may have too much to do. */
function send(product: Product, { key, account, body }: LabRequest, options: SendOptions = {}): Promise<Answer> {
  const { gzip = false, headers = {} } = options;
  const attempt = () =>
    post(product.url, gzip ? new Uint8Array(gzipSync(body)) : body, {
      apiKey: account.apiKey,
      headers: {
        'idempotency-key': key,
        'x-request-id': `${key}.1`,
        ...(gzip && { 'content-encoding': 'gzip' }),
        ...headers,
      },
    });
  return product.until(async () => {
    const answer = await attempt();
    return answer.status !== 503 && answer;
  }, `${key} is not refused`);
}

function expect(answer: Answer, { key, answer: expected }: LabRequest, status: 200 | 202): void {
  if (answer.status === status && (status === 202 || isDeepStrictEqual(answer.json, expected))) return;
  throw new Error(`Request ${key} got ${answer.status}: ${answer.text}, not ${status}: ${JSON.stringify(expected)}`);
}

/** Undefined while the import is not completed. */
function resultOf({ status, text, json }: Answer): unknown {
  if (status !== 200 || typeof json !== 'object' || json === null) throw new Error(`The status got ${status}: ${text}`);
  return 'result' in json ? json.result : undefined;
}

function sent(request: LabRequest, answers: Answer[]): Sent {
  const attempts = answers.map(({ status }) => ({ status, ms: 0 }));
  const importIds = new Set(answers.map((answer) => importIdOf(answer)));
  return { request, attempts, importIds, answers: answers.map(({ text }) => text), ms: 0 };
}
