import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';

import { get, importIdOf, postRecords } from '../support/http.ts';
import { useStack } from '../support/suite.ts';

const CSV = 'text/csv';

describe('formulas stay as they are, unless CSV is to escape them', () => {
  const stack = useStack();
  const read = (path: string, accept?: string) => get(stack().url + path, stack().account.apiKey, accept);
  const rowsIn = async (path: string) => parse((await read(path, CSV)).text, { columns: true });

  test('in the rejected records of an import', async () => {
    const { url, account } = stack();
    const sent = { message_id: '=1+1', offer_id: '@o', revenue: '-5', attribution_type: '\tx' };
    const importId = importIdOf(await postRecords(url, account.apiKey, [sent]));
    const path = `/api/v2/history/imports/${importId}/errors`;
    const record = JSON.stringify(sent);
    for (const query of ['', '?formulas=raw']) expect(await rowsIn(path + query)).toMatchObject([{ ...sent, record }]);
    expect(await rowsIn(`${path}?formulas=escaped`)).toMatchObject([
      { message_id: "'=1+1", offer_id: "'@o", revenue: '-5', attribution_type: "'\tx", record },
    ]);
    expect((await read(`${path}?formulas=escaped`)).json).toMatchObject({ errors: [{ record: sent }] });
    expect(await read(`${path}?formulas=none`, CSV)).toMatchObject({
      status: 400,
      json: { error: 'formulas must be one of raw, escaped.' },
    });
  });

  test('in reports', async () => {
    const { url, account } = stack();
    const attribution = '=HYPERLINK("http://a.example")';
    const record = { message_id: 'm0', offer_id: 'o0', revenue: 2, attribution_type: attribution };
    await postRecords(url, account.apiKey, [record]);
    const path = '/api/v2/reports/revenue?by=attribution_type';
    expect(await rowsIn(path)).toMatchObject([{ attribution_type: attribution, revenue: '2' }]);
    expect(await rowsIn(`${path}&formulas=escaped`)).toMatchObject([{ attribution_type: `'${attribution}` }]);
    expect((await read(`${path}&formulas=escaped`)).json).toMatchObject({ rows: [{ attribution_type: attribution }] });
  });
});
