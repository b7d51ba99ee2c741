import { describe, expect, test, vi } from 'vitest';

import { eventually } from '../../../test/support/eventually.ts';
import { breakOff, errorOf, reply, useScript } from '../../../test/support/scripted-client.ts';

const RECORDS = [{ message_id: 'm', offer_id: 'o', revenue: '1.50' }];
const OUTCOME = '{"success_count":1,"error_count":0,"total_revenue":12345678901234.5678,"errors":[]}';
const STATE = '{"import_id":"i","created_at":"2026-11-23T10:00:00.000Z"';
const ACCEPTED = '{"import_id":"i","status":"processing","status_url":"/api/v2/history/imports/i"}';
const SOON = { 'retry-after': '0.01' };

const { clientOf, received } = useScript();

describe('an import that takes longer', () => {
  const accepted = reply(202, ACCEPTED, { ...SOON, 'x-import-id': 'i' });
  const processing = reply(200, `${STATE},"status":"processing"}`);

  test('is followed to its end, through a hiccup', async () => {
    const completed = reply(200, `${STATE},"status":"completed","result":${OUTCOME}}`);
    const client = await clientOf([accepted, processing, reply(503, '{}'), breakOff, completed]);
    expect(await client.importRecords('revenue', RECORDS)).toMatchObject({
      import_id: 'i',
      success_count: 1,
      total_revenue: '12345678901234.5678',
    });
    expect(received.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array.from({ length: 4 }, () => 'GET /api/v2/history/imports/i'),
    );
  });

  test('has the notices of its state, and is known as a replay', async () => {
    const completed = `${STATE},"status":"completed","result":${OUTCOME}`;
    const replayed = reply(202, ACCEPTED, { ...SOON, 'idempotent-replayed': 'true' });
    const client = await clientOf([replayed, reply(200, `${completed},"notices":{"dated_before_message":2}}`)]);
    const outcome = await client.importRecords('revenue', RECORDS, { dryRun: true });
    expect(outcome).toMatchObject({ replayed: true, notices: { dated_before_message: 2 } });
    const quiet = await clientOf([accepted, reply(200, `${completed}}`)]);
    received.length = 0;
    expect(await quiet.importRecords('revenue', RECORDS)).toMatchObject({ replayed: false, notices: {} });
  });

  test('is asked for after a second when the answer does not say when', async () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    const controller = new AbortController();
    const client = await clientOf([reply(202, ACCEPTED)]);
    const error = errorOf(client.importRecords('revenue', RECORDS, { signal: controller.signal }));
    await eventually(() => expect(setTimer).toHaveBeenCalledWith(expect.any(Function), 1_000));
    controller.abort();
    expect(await error).toMatchObject({ code: 'aborted', importId: 'i' });
  });

  test('may be imported, and says where it is, when its outcome does not come', async () => {
    const client = await clientOf([accepted, reply(503, '{"code":"unavailable"}')], { patienceMs: 0 });
    const error = await errorOf(client.importRecords('revenue', RECORDS, { idempotencyKey: 'k' }));
    expect(error).toMatchObject({ importId: 'i', idempotencyKey: 'k', status: 503, mayBeImported: true });
    expect(error.message).toContain('will be at /api/v2/history/imports/i.');
  });

  test('is asked for no longer when its result is none of its kind', async () => {
    const odd = reply(200, `${STATE},"status":"completed","result":{"success_count":1,"error_count":0,"errors":[]}}`);
    const client = await clientOf([accepted, reply(200, `${STATE},"status":"completed"}`), odd]);
    expect(await errorOf(client.importRecords('revenue', RECORDS))).toMatchObject({
      code: 'unexpected_answer',
      importId: 'i',
      mayBeImported: true,
    });
  });

  test.each(['undoing', 'undone'])('is not imported when it is %s meanwhile', async (status) => {
    const client = await clientOf([accepted, reply(200, `${STATE},"status":"${status}"}`)]);
    expect(await errorOf(client.importRecords('revenue', RECORDS))).toMatchObject({
      code: 'import_undone',
      importId: 'i',
      mayBeImported: false,
    });
  });
});

describe('a signal', () => {
  test('that is aborted already sends nothing', async () => {
    const client = await clientOf([reply(200, OUTCOME)]);
    const error = await errorOf(client.importRecords('revenue', RECORDS, { signal: AbortSignal.abort('enough') }));
    expect(error).toMatchObject({ code: 'aborted', cause: 'enough', mayBeImported: false });
    expect(received).toHaveLength(0);
  });

  test('ends an attempt, of which nobody knows what it did', async () => {
    const controller = new AbortController();
    const client = await clientOf([() => controller.abort()]);
    const error = await errorOf(client.importRecords('revenue', RECORDS, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted', mayBeImported: true });
  });

  test.each<[string, (abort: () => void) => void]>([
    ['before it begins', (abort) => abort()],
    ['in its middle', (abort) => setImmediate(abort)],
  ])('ends a pause %s', async (_when, soon) => {
    const controller = new AbortController();
    const onRetry = () => soon(() => controller.abort());
    const client = await clientOf([reply(429, '{}', { 'retry-after': '9' })], { onRetry });
    const error = await errorOf(client.importRecords('revenue', RECORDS, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted', mayBeImported: false });
    expect(received).toHaveLength(1);
  });

  test('ends the following of an import, which goes on without', async () => {
    const controller = new AbortController();
    const accepted = reply(202, ACCEPTED, { 'retry-after': '60' });
    const client = await clientOf([
      (...exchange) => {
        exchange[1].once('finish', () => setImmediate(() => controller.abort()));
        return accepted(...exchange);
      },
    ]);
    const error = await errorOf(client.importRecords('revenue', RECORDS, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted', mayBeImported: true });
  });
});

describe('undoImport', () => {
  test('is followed until nothing is left', async () => {
    const undo = '"undo":{"removed_count":1,"removed_revenue":98765432109876.5432}';
    const client = await clientOf([
      reply(202, '{"import_id":"i","status":"undoing","status_url":"/x"}', SOON),
      reply(200, `${STATE},"status":"undoing",${undo}}`),
      reply(200, `${STATE},"status":"undone",${undo}}`),
    ]);
    expect(await client.undoImport('i')).toMatchObject({
      status: 'undone',
      undo: { removed_revenue: '98765432109876.5432' },
    });
    expect(received.map(({ method }) => method)).toEqual(['DELETE', 'GET', 'GET']);
  });

  test('is refused, at once or later, while others refer to what the import has made', async () => {
    const inUse = '"in_use":{"revenue":12}';
    const client = await clientOf([
      reply(409, `{"error":"In use.","code":"import_in_use",${inUse}}`),
      reply(202, '{"import_id":"i","status":"undoing","status_url":"/x"}', SOON),
      reply(200, `${STATE},"status":"undoing"}`),
      reply(200, `${STATE},"status":"completed","refused_undo":{"refused_at":"2026-11-23T10:00:01.000Z",${inUse}}}`),
    ]);
    const errors = [await errorOf(client.undoImport('i')), await errorOf(client.undoImport('i'))];
    const expected = { code: 'import_in_use', inUse: { revenue: 12 } };
    expect(errors).toMatchObject([expected, expected]);
  });
});

describe('pages', () => {
  test('of imports are asked for when they are wanted, with the same filters', async () => {
    const listed = (importId: string) => `{"import_id":"${importId}","total_revenue":98765432109876.5432}`;
    const client = await clientOf([
      reply(200, `{"imports":[${listed('a')},${listed('b')}],"next_cursor":"b"}`),
      reply(200, `{"imports":[${listed('c')}],"next_cursor":null}`),
    ]);
    const imports = client.listImports({ status: 'completed', from: '2026-11-01' });
    expect(await imports.next()).toMatchObject({ value: { import_id: 'a', total_revenue: '98765432109876.5432' } });
    expect(received).toHaveLength(1);
    expect((await Array.fromAsync(imports)).map(({ import_id }) => import_id)).toEqual(['b', 'c']);
    expect(received.map(({ url }) => url)).toEqual([
      '/api/v2/history/imports?status=completed&from=2026-11-01&limit=100',
      '/api/v2/history/imports?status=completed&from=2026-11-01&limit=100&cursor=b',
    ]);
  });

  test('of errors give records back as they were sent', async () => {
    const failed = (index: number) => `{"index":${index},"code":"c","error":"E.","record":{"total_revenue":1.0}}`;
    const client = await clientOf([
      reply(200, `{"errors":[${failed(0)}],"next_cursor":"0"}`),
      reply(503, '{}'),
      reply(200, `{"errors":[${failed(7)}],"next_cursor":null}`),
    ]);
    expect(await Array.fromAsync(client.importErrors('a/b'))).toEqual(
      [0, 7].map((index) => ({ index, code: 'c', error: 'E.', record: { total_revenue: 1 } })),
    );
    const first = '/api/v2/history/imports/a%2Fb/errors?limit=1000';
    expect(received.map(({ url }) => url)).toEqual([first, `${first}&cursor=0`, `${first}&cursor=0`]);
  });

  test('that are something else are not taken for the last one', async () => {
    const client = await clientOf([reply(200, '{"errors":[]}')]);
    expect(await errorOf(Array.fromAsync(client.importErrors('i')))).toMatchObject({ code: 'unexpected_answer' });
  });
});

describe('reportRevenue', () => {
  test('gives sums with every digit', async () => {
    const sums = '"record_count":2,"revenue":12345678901234.5678,"payout":0';
    const report = `{"by":"month","rows":[{"month":"2025-11",${sums}}],"total":{${sums}},"next_cursor":null}`;
    const client = await clientOf([reply(200, report)]);
    const exact = { record_count: 2, revenue: '12345678901234.5678', payout: '0' };
    expect(await client.reportRevenue({ by: 'month', offer: 'a&b' })).toMatchObject({
      rows: [{ month: '2025-11', ...exact }],
      total: exact,
    });
    expect(received[0]?.url).toBe('/api/v2/reports/revenue?by=month&offer=a%26b');
  });
});
