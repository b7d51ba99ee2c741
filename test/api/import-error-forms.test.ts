import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { catalogs, requests } from '../model/arbitraries.ts';
import { addModelCatalog } from '../model/catalog.ts';
import { RevenueModel, type ModelFailure } from '../model/revenue-model.ts';
import { readAcceptedAt } from '../support/catalog.ts';
import { withFewShrinks } from '../support/few-shrinks.ts';
import { get, importIdOf, post, postRecords, type Answer } from '../support/http.ts';
import { bodyText, recordText } from '../support/record-text.ts';
import { startApi, type Api } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';

const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
const NOWHERE = { ...RECORD, message_id: 'nowhere' };
const NDJSON = 'application/x-ndjson';
const CSV = 'text/csv';

interface ErrorPage {
  errors: ModelFailure[];
  next_cursor: string | null;
}

const stack = useStack({ chunkSize: 3 });
/** Takes requests of hundreds of records, which would be as many chunks otherwise. */
let forMany: Api;

beforeAll(async () => {
  forMany = await startApi({ ...stack().options, chunkSize: 50 });
});
afterAll(() => forMany[Symbol.asyncDispose]());

const errorsUrl = (importId: string, query = '') => `${stack().url}/api/v2/history/imports/${importId}/errors${query}`;

async function read(importId: string, query = '', accept?: string, { apiKey } = stack().account): Promise<Answer> {
  return get(errorsUrl(importId, query), apiKey, accept);
}

async function readPages(importId: string, limit: number, apiKey: string): Promise<ModelFailure[]> {
  const errors: ModelFailure[] = [];
  let cursor: string | null = null;
  do {
    const query: string = `?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page: ErrorPage = JSON.parse((await get(errorsUrl(importId, query), apiKey)).text);
    expect(page.errors.length).toBeLessThanOrEqual(limit);
    errors.push(...page.errors);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return errors;
}

const linesOf = ({ text }: Answer): ModelFailure[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line): ModelFailure => JSON.parse(line));

const rowsOf = ({ text }: Answer): Record<string, string>[] => parse(text, { columns: true });

/** A failure as CSV has it, said a second time: text as it is, as far as UTF-8 can hold it, and anything else as JSON. */
function rowOf({ index, code, error, record }: ModelFailure): Record<string, string> {
  const sent = new Map<string, unknown>(Object.entries(Object(record)));
  const cell = (field: string) => {
    const value = sent.get(field) ?? '';
    return typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value);
  };
  const fields = ['message_id', 'offer_id', 'revenue', 'payout', 'attribution_type', 'timestamp'];
  const cells = Object.fromEntries(fields.map((field) => [field, cell(field)]));
  return { index: String(index), code, error, ...cells, record: JSON.stringify(record) };
}

describe('all errors of an import', () => {
  test('are those of a model in memory, for random requests: in every form, in pages of any size, each with its record', async () => {
    const limits = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 21, max: 1000 }));
    const property = fc.asyncProperty(
      catalogs,
      requests,
      limits,
      withFewShrinks(async (catalog, records, limit) => {
        const { url, database } = stack();
        const { account } = await addModelCatalog(database.sql, catalog);
        const answer = await postRecords(records.length > 100 ? forMany.url : url, account.apiKey, records);
        const importId = importIdOf(answer);
        const model = new RevenueModel(catalog);
        const { failures, body } = model.importRecords(records, await readAcceptedAt(database.sql, importId));

        const told: ModelFailure[] = JSON.parse(JSON.stringify(failures));
        expect(await readPages(importId, limit, account.apiKey)).toEqual(told);
        expect(linesOf(await read(importId, '', NDJSON, account))).toEqual(told);
        const rows = rowsOf(await read(importId, '', CSV, account));
        expect(rows.map(comparable)).toEqual(told.map(rowOf).map(comparable));

        const { errors }: ErrorPage = JSON.parse((await read(importId, '', undefined, account)).text);
        const listed = errors.map(({ index, code, error }) => ({ index, code, error }));
        expect(answer.text).toBe(body);
        expect(answer.json).toMatchObject({ errors: listed });

        if (failures.length === 0) return;
        const given = told.map(({ record }) => record);
        const again = await postRecords(forMany.url, account.apiKey, given);
        const codes = (await readPages(importIdOf(again), 1000, account.apiKey)).map(({ code }) => code);
        expect(codes).toEqual(failures.map(({ code }) => code));
      }),
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test('give back the known fields of what the checks rejected, to the last character', async () => {
    const { url, account } = stack();
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const refused: [sent: string, code: string, given?: string][] = [
      ['null', 'invalid_record'],
      ['"text"', 'invalid_record'],
      ['[{"a":1}]', 'invalid_record'],
      ['{}', 'missing_message_id'],
      [recordText({ message_id: String.raw`"a\u0000b"` }), 'invalid_message_id'],
      [recordText({ message_id: String.raw`"\ud800"` }), 'invalid_message_id'],
      [
        recordText({ message_id: '5', offer_id: String.raw`"\"\\{},'\u0001 \udc00 ü😀"`, other: '1' }),
        'invalid_message_id',
        recordText({ message_id: '5', offer_id: String.raw`"\"\\{},'\u0001 \udc00 ü😀"` }),
      ],
      [recordText({ offer_id: '{"a":[1,null,{"b":"c"}]}' }), 'invalid_offer_id'],
      [recordText({ revenue: '1e309' }), 'invalid_revenue', recordText({ revenue: '1e999' })],
      [recordText({ revenue: '[-1e309]' }), 'invalid_revenue', recordText({ revenue: '[-1e999]' })],
      [recordText({ payout: '-0.5', constructor: '1' }), 'invalid_payout', recordText({ payout: '-0.5' })],
      [recordText({ payout: deep(1_000) }), 'invalid_payout'],
      [recordText({ payout: deep(50_000) }), 'invalid_payout', 'null'],
      ['{"__proto__":{"message_id":"m0"}}', 'missing_message_id', '{}'],
      ['{"revenue":1,"message_id":1,"message_id":2}', 'invalid_message_id', '{"message_id":2,"revenue":1}'],
    ];
    const answer = await post(url, bodyText(...refused.map(([sent]) => sent)), { apiKey: account.apiKey });
    expect(answer).toMatchObject({ status: 200, json: { success_count: 0, error_count: refused.length } });

    const page = await read(importIdOf(answer));
    const { errors }: ErrorPage = JSON.parse(page.text);
    const texts = refused.map(
      ([sent, code, given = sent], index) =>
        `{"index":${index},"code":"${code}","error":${JSON.stringify(errors[index]?.error)},"record":${given}}`,
    );
    expect(page.text).toBe(`{"errors":[${texts.join(',')}],"next_cursor":null}`);
    expect((await read(importIdOf(answer), '', NDJSON)).text).toBe(texts.map((text) => `${text}\n`).join(''));
    const rows = rowsOf(await read(importIdOf(answer), '', CSV));
    // A record that is not kept is an empty cell.
    const kept = refused.map(([sent, , given = sent]) => (given === 'null' && sent !== given ? '' : given));
    expect(rows.map(({ record }) => record)).toEqual(kept);
    expect(rows[8]).toMatchObject({ message_id: 'm0', revenue: '1e999', payout: '' });
    expect(rows[9]).toMatchObject({ revenue: '[-1e999]' });
  });

  test('come in the form that Accept asks for', async () => {
    const { url, account } = stack();
    const importId = importIdOf(
      await postRecords(url, account.apiKey, [NOWHERE, { message_id: 'a,"b"\r\n=1', offer_id: 1 }]),
    );
    const typeFor = async (accept?: string) => (await read(importId, '', accept)).headers.get('content-type');
    for (const accept of [
      undefined,
      '*/*',
      'application/json',
      'text/html, */*;q=0.1',
      `${CSV};q=0.5, application/*`,
    ]) {
      expect.soft([accept, await typeFor(accept)]).toEqual([accept, 'application/json; charset=utf-8']);
    }
    for (const accept of [NDJSON, `application/json;q=0.5, ${NDJSON}`]) {
      expect.soft([accept, await typeFor(accept)]).toEqual([accept, NDJSON]);
    }
    for (const accept of [CSV, 'text/*', `application/json;q=0.5, ${CSV}`]) {
      expect.soft([accept, await typeFor(accept)]).toEqual([accept, 'text/csv; charset=utf-8']);
    }
    for (const accept of ['text/html', 'application/xml, image/*', 'nonsense']) {
      expect.soft(await read(importId, '', accept)).toMatchObject({ status: 406, json: { code: 'not_acceptable' } });
    }

    const { headers, text } = await read(importId, '', CSV);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="import-${importId}-errors.csv"`);
    expect(headers.get('vary')).toBe('accept');
    const [header, , ...last] = text.split('\n');
    expect(header).toBe('index,code,error,message_id,offer_id,revenue,payout,attribution_type,timestamp,record');
    expect(last.join('\n')).toBe(
      '1,invalid_offer_id,"offer_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.",' +
        String.raw`"a,""b""` +
        '\r\n=1",1,,,,,' +
        String.raw`"{""message_id"":""a,\""b\""\r\n=1"",""offer_id"":1}"` +
        '\n',
    );
  });

  test('leave no warning of Node in the log', async () => {
    const { url, account } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [NOWHERE]));
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    for (const accept of [NDJSON, CSV]) expect((await read(importId, '', accept)).status).toBe(200);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  test('go on from a cursor in every form, and limit is for pages alone', async () => {
    const { url, account } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [{}, RECORD, NOWHERE, RECORD, {}, NOWHERE]));
    const indexes = (failures: { index: unknown }[]) => failures.map(({ index }) => Number(index));
    expect((await read(importId, '?limit=2')).json).toMatchObject({
      errors: [{ index: 0 }, { index: 2 }],
      next_cursor: '2',
    });
    expect((await read(importId, '?limit=2&cursor=2')).json).toMatchObject({
      errors: [{ index: 4 }, { index: 5 }],
      next_cursor: null,
    });
    expect(indexes(linesOf(await read(importId, '?limit=1&cursor=0', NDJSON)))).toEqual([2, 4, 5]);
    expect(rowsOf(await read(importId, '?limit=1&cursor=2', CSV)).map(({ index }) => index)).toEqual(['4', '5']);
    expect((await read(importId, '?cursor=5')).json).toEqual({ errors: [], next_cursor: null });
  });
});

/** Rows differ in nothing but the spelling of their record. */
function comparable({ record = '', ...row }: Record<string, string>): object {
  return { ...row, record: JSON.parse(record) };
}
