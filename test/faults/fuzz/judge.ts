import type { Answer } from './exchange.ts';
import { expectationOf, type Expectation } from './expectation.ts';
import { PATHS, received, type FuzzAccount, type FuzzRequest } from './requests.ts';

/** Of whole-request answers, by status: the codes that are documented, written a second time. */
export const documentedCodes: Record<number, readonly (string | undefined)[]> = {
  400: ['invalid_json', 'missing_records', 'invalid_idempotency_key'],
  401: ['missing_api_key', 'invalid_api_key'],
  403: [undefined, 'quota_exceeded'],
  404: ['not_found'],
  405: ['method_not_allowed'],
  413: ['payload_too_large', 'too_many_records'],
  415: ['unsupported_media_type'],
  422: ['idempotency_key_reused'],
  429: ['too_many_pending'],
};

const WELL_FORMED_REQUEST_ID = /^[\w.:/+=@-]{1,128}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PROCESSING_BODY =
  /^\{"import_id":"[0-9a-f-]{36}","status":"processing","status_url":"(\/api\/v2\/history\/imports\/[0-9a-f-]{36})"\}$/;

/** An import that was accepted, but not answered with its counts yet. */
export interface PendingImport {
  statusUrl: string;
  /** Of its result, once it is completed; undefined when unknown. */
  body: string | undefined;
}

/**
 * Holds an answer against the contract.
 *
 * @returns how many records were saved, or what has been left open; undefined when it was refused
 * @throws naming what is wrong with it
 */
export function judge(request: FuzzRequest, answer: Answer, account: FuzzAccount): PendingImport | number | undefined {
  const { status, headers } = answer;
  const expected = expectationOf(request, account);
  if (!String(headers['content-type']).startsWith('application/json')) fail('an answer that is not JSON', answer);
  judgeRequestId(request, answer);

  if (status === 200) return judgeCounts(request, answer, expected);
  if (status === 202) {
    const [, statusUrl] = PROCESSING_BODY.exec(answer.text) ?? [];
    if (!statusUrl || headers.location !== statusUrl) fail('a 202 without its fields', answer);
    if (!headers['retry-after']) fail('a 202 without Retry-After', answer);
    if (expected.kind === 'refused') fail(`a 202 instead of ${expected.codes.join()}`, answer);
    return { statusUrl, body: expected.kind === 'imported' ? expected.body : undefined };
  }
  judgeRefusal(request, answer, expected);
  return undefined;
}

function judgeRequestId({ headers }: FuzzRequest, answer: Answer): void {
  const sent = received(headers['x-request-id']) ?? '';
  const answered = String(answer.headers['x-request-id']);
  const isRight = WELL_FORMED_REQUEST_ID.test(sent) ? answered === sent : UUID_V7.test(answered);
  if (!isRight) fail('a wrong X-Request-Id', answer);
}

function judgeCounts({ path }: FuzzRequest, answer: Answer, expected: Expectation): number {
  if (!PATHS.includes(path)) fail('an undocumented 200', answer);
  if (expected.kind === 'refused') fail(`a 200 instead of ${expected.codes.join()}`, answer);
  if (expected.kind === 'imported' && answer.text !== expected.body) {
    fail('other counts than the records have', answer, `expected: ${expected.body}`);
  }
  if (!UUID_V7.test(String(answer.headers['x-import-id']))) fail('a 200 without X-Import-Id', answer);
  return savedRecordsIn(answer);
}

/**
 * Holds the state of an import against what its records must become.
 *
 * @returns how many records were saved, or undefined when it is not completed yet
 * @throws naming what is wrong with it
 */
export function judgeCompleted({ body }: PendingImport, answer: Answer): number | undefined {
  if (answer.status !== 200) fail(`status ${answer.status} for an import that was accepted`, answer);
  if (answer.text.includes('"status":"processing"')) return undefined;
  if (body !== undefined && !answer.text.endsWith(`,"result":${body}}`)) {
    fail('another result than the records have', answer, `expected: ${body}`);
  }
  return savedRecordsIn(answer);
}

/** Also where the rest of the answer was left open by the contract. */
function savedRecordsIn(answer: Answer): number {
  const [, count] =
    /"success_count":(\d+),"error_count":\d+,"total_revenue":[\d.]+,"errors":\[/.exec(answer.text) ?? [];
  if (count === undefined) fail('no counts', answer);
  return Number(count);
}

function judgeRefusal({ headers }: FuzzRequest, answer: Answer, expected: Expectation): void {
  const code = codeOf(answer);
  const isKeyed = headers['idempotency-key'] !== undefined;
  if (expected.kind === 'imported') {
    const isAllowed = (answer.status === 422 && isKeyed) || (answer.status === 429 && answer.headers['retry-after']);
    if (!isAllowed) fail(`${answer.status} ${code} for a valid request`, answer);
  } else if (expected.kind === 'refused' && !expected.codes.includes(code ?? '')) {
    fail(`${answer.status} ${code} instead of ${expected.codes.join(' or ')}`, answer);
  }
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

function fail(what: string, { status, headers, text }: Answer, more = ''): never {
  const shown = `${status} ${JSON.stringify(headers)} ${text.slice(0, 1000)}`;
  throw new Error(`${what}\nanswer: ${shown}${more && `\n${more.slice(0, 1000)}`}`);
}
