import { kindSpecs } from '@trackly/contract';

import type { Answer } from './exchange.ts';
import type { Endpoint } from './endpoints.ts';
import { expectationOf, isOfOne, type Expectation, type Foreseen } from './expectation.ts';
import { fail, judgeOne, judgeResult, NOT_FORESEEN } from './judge-result.ts';
import { received, type FuzzRequest } from './requests.ts';

/** Of whole-request answers, by status: the codes that are documented, written a second time. */
export const documentedCodes: Record<number, readonly (string | undefined)[]> = {
  400: ['invalid_json', 'missing_records', 'missing_contacts', 'missing_offers', 'invalid_idempotency_key'],
  401: ['missing_api_key', 'invalid_api_key'],
  403: [undefined, 'quota_exceeded'],
  404: ['not_found'],
  405: ['method_not_allowed'],
  413: ['payload_too_large', 'too_many_records', 'too_many_contacts', 'too_many_offers'],
  415: ['unsupported_media_type'],
  422: ['idempotency_key_reused'],
  429: ['too_many_pending'],
};

/** Of a record that comes without a list, and is rejected with another status than 400. */
const STATUSES: Record<string, number> = {
  list_not_found: 404,
  custom_fields_too_large: 413,
  payload_too_large: 413,
  save_error: 500,
};

const WELL_FORMED_REQUEST_ID = /^[\w.:/+=@-]{1,128}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PROCESSING_BODY =
  /^\{"import_id":"[0-9a-f-]{36}","status":"processing","status_url":"(\/api\/v2\/history\/imports\/[0-9a-f-]{36})"\}$/;

/** An import that was accepted, but not answered with its counts yet. */
export interface PendingImport {
  statusUrl: string;
  endpoint: Endpoint;
  /** Of its result, once it is completed; undefined when unknown. */
  foreseen: Foreseen | undefined;
}

/**
 * Holds an answer against the contract.
 *
 * @returns how many records were saved, or what has been left open; undefined when it was refused
 * @throws naming what is wrong with it
 */
export function judge(request: FuzzRequest, answer: Answer, endpoint: Endpoint): PendingImport | number | undefined {
  const { status, headers } = answer;
  const expected = expectationOf(request, endpoint);
  if (!String(headers['content-type']).startsWith('application/json')) fail('an answer that is not JSON', answer);
  judgeRequestId(request, answer);

  if (status === 200) return judgeCounts(request, answer, expected, endpoint);
  if (status === 202) {
    const [, statusUrl] = PROCESSING_BODY.exec(answer.text) ?? [];
    if (!statusUrl || headers.location !== statusUrl) fail('a 202 without its fields', answer);
    if (!headers['retry-after']) fail('a 202 without Retry-After', answer);
    if (expected.kind === 'refused') fail(`a 202 instead of ${expected.codes.join()}`, answer);
    return { statusUrl, endpoint, foreseen: expected.kind === 'imported' ? expected : undefined };
  }
  judgeRefusal(request, answer, expected, endpoint);
  return undefined;
}

function judgeRequestId({ headers }: FuzzRequest, answer: Answer): void {
  const sent = received(headers['x-request-id']) ?? '';
  const answered = String(answer.headers['x-request-id']);
  const isRight = WELL_FORMED_REQUEST_ID.test(sent) ? answered === sent : UUID_V7.test(answered);
  if (!isRight) fail('a wrong X-Request-Id', answer);
}

function judgeCounts(request: FuzzRequest, answer: Answer, expected: Expectation, endpoint: Endpoint): number {
  const isOne = isOfOne(request, endpoint);
  if (!isOne && !endpoint.paths.includes(request.path)) fail('an undocumented 200', answer);
  if (expected.kind === 'refused') fail(`a 200 instead of ${expected.codes.join()}`, answer);
  if (!UUID_V7.test(String(answer.headers['x-import-id']))) fail('a 200 without X-Import-Id', answer);
  const foreseen = expected.kind === 'imported' ? expected : undefined;
  return (isOne ? judgeOne : judgeResult)(parse(answer), answer, endpoint, foreseen);
}

/**
 * Holds the state of an import against what its records must become.
 *
 * @returns how many records were saved, or undefined when it is not completed yet
 * @throws naming what is wrong with it
 */
export function judgeCompleted({ foreseen, endpoint }: PendingImport, answer: Answer): number | undefined {
  if (answer.status !== 200) fail(`status ${answer.status} for an import that was accepted`, answer);
  if (answer.text.includes('"status":"processing"')) return undefined;
  const result = new Map(Object.entries(parse(answer) ?? {})).get('result');
  return judgeResult(result, answer, endpoint, foreseen);
}

function judgeRefusal(request: FuzzRequest, answer: Answer, expected: Expectation, endpoint: Endpoint): void {
  const { status, headers } = answer;
  const documented = documentedCodes[status] ?? [];
  const isOne = isOfOne(request, endpoint);
  const code = codeOf(answer, isOne ? [...documented, ...codesOfOne(endpoint, status)] : documented);
  const isKeyed = request.headers['idempotency-key'] !== undefined;
  if (expected.kind === 'imported') {
    const rejection = isOne && [NOT_FORESEEN, expected.errors?.[0]?.code].includes(code);
    const isAllowed = (status === 422 && isKeyed) || (status === 429 && headers['retry-after']) || rejection;
    if (!isAllowed) fail(`${status} ${code} for a valid request`, answer);
  } else if (expected.kind === 'refused' && !expected.codes.includes(code ?? '')) {
    fail(`${status} ${code} instead of ${expected.codes.join(' or ')}`, answer);
  }
}

/** The codes of a record that comes without a list. */
function codesOfOne({ kind, one }: Endpoint, status: number): string[] {
  const codes = [...Object.keys(kindSpecs[kind].errors), `missing_${one?.required}`];
  return codes.filter((code) => (STATUSES[code] ?? 400) === status);
}

/**
 * @returns the code of a refusal
 * @throws when it is not one of those that are documented
 */
export function codeOf(answer: Answer, documented = documentedCodes[answer.status]): string | undefined {
  const { status } = answer;
  if (status >= 500) fail(`status ${status}`, answer);
  const body = new Map(Object.entries(parse(answer) ?? {}));
  const [error, code] = [body.get('error'), body.get('code')];
  const fieldCount = code === undefined ? 1 : 2;
  if (typeof error !== 'string' || body.size !== fieldCount) fail(`a ${status} without error and code`, answer);
  if (code !== undefined && typeof code !== 'string') fail('a code that is not text', answer);
  if (!documented?.includes(code)) fail(`undocumented: ${status} ${code}`, answer);
  return code;
}

function parse({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
