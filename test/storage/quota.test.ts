import { once } from 'node:events';
import { connect } from 'node:net';

import { describe, expect, test } from 'vitest';

import { addSmallCatalog } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { get, importIdOf, post, postRecords, REVENUE_PATH, undoImport, type Answer } from '../support/http.ts';
import { useStack } from '../support/suite.ts';

const GOOD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
const NOWHERE = { ...GOOD, message_id: 'nowhere' };
const WRONG = { ...GOOD, revenue: 'free' };
const MB = 1024 * 1024;

const noticesOf = ({ headers }: Answer) => headers.get('import-notices');

describe('an account that has used up its storage', () => {
  const stack = useStack({ maxStoredBytesPerAccount: MB });
  const records = Array.from({ length: 200 }, () => GOOD);

  test('is refused before the body is read, until it undoes something; others are not', async () => {
    const { url, account, database } = stack();
    const send = (apiKey = account.apiKey, query = '') =>
      post(url, JSON.stringify({ records }), { apiKey, path: REVENUE_PATH + query });
    const accepted: Answer[] = [];
    let answer = await send();
    while (answer.status === 200 && accepted.length < 100) {
      accepted.push(answer);
      answer = await send();
    }
    const refused = { status: 403, json: { code: 'quota_exceeded', error: expect.stringContaining('undo') } };
    expect(answer).toMatchObject(refused);
    expect(accepted.length).toBeGreaterThan(0);
    expect((await send((await addSmallCatalog(database.sql)).apiKey)).status).toBe(200);

    // What is left may do for a small one.
    const add = 'UPDATE account_usage SET stored_bytes = stored_bytes + $2 WHERE account_id = $1';
    await database.sql.query(add, [account.id, MB]);
    await eventually(async () => expect(await postRecords(url, account.apiKey, [WRONG])).toMatchObject(refused));
    expect(await send(account.apiKey, '?dry_run=true')).toMatchObject(refused);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v2/history/revenue HTTP/1.1\r\nHost: ${hostname}\r\nX-Api-Key: ${account.apiKey}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{',
    );
    const [head] = await once(socket, 'data');
    socket.destroy();
    expect(String(head)).toContain('403 Forbidden');
    await database.sql.query(add, [account.id, -MB]);

    for (const path of [
      'imports',
      `imports/${importIdOf(answer)}`,
      `imports/${importIdOf(accepted[0] ?? answer)}/errors`,
    ])
      expect((await get(`${url}/api/v2/history/${path}`, account.apiKey)).status).not.toBe(403);
    for (const each of accepted) expect((await undoImport(url, importIdOf(each), account.apiKey)).status).toBe(200);
    await eventually(async () => expect((await send()).status).toBe(200));
  });
});

describe('rejected records', () => {
  const stack = useStack({ chunkSize: 2, maxKeptBytesPerAccount: 2 * MB });

  async function errorsOf(answer: Answer): Promise<unknown> {
    const { url, account } = stack();
    return (await get(`${url}/api/v2/history/imports/${importIdOf(answer)}/errors`, account.apiKey)).json;
  }
  const stateOf = async (answer: Answer): Promise<unknown> => {
    const { url, account } = stack();
    return (await get(`${url}/api/v2/history/imports/${importIdOf(answer)}`, account.apiKey)).json;
  };

  test('are kept with their known fields, up to 4 KiB each', async () => {
    const { url, account } = stack();
    const longest = (bytes: number) => ({ revenue: 'x'.repeat(bytes - '{"revenue":""}'.length) });
    const answer = await postRecords(url, account.apiKey, [
      { ...WRONG, note: 'x'.repeat(10_000) },
      longest(4096),
      longest(4097),
      'x'.repeat(4094),
      'é'.repeat(4094),
      null,
      [{ note: 1 }],
      { note: 1 },
      NOWHERE,
    ]);
    expect(noticesOf(answer)).toBe('records_not_kept=2');
    expect(await stateOf(answer)).toMatchObject({ notices: { records_not_kept: 2 }, result: { error_count: 9 } });
    expect(await errorsOf(answer)).toMatchObject({
      errors: [
        { record: WRONG },
        { record: longest(4096) },
        { code: 'missing_message_id', record: null },
        { record: 'x'.repeat(4094) },
        { code: 'invalid_record', record: null },
        { record: null },
        { record: [{ note: 1 }] },
        { record: {} },
        { code: 'message_not_found', record: { ...NOWHERE, attribution_type: 'sale' } },
      ],
    });
    const { database } = stack();
    const { rows } = await database.sql.query(`SELECT 'x' FROM imports WHERE rejected_records::text LIKE '%note":"%'`);
    expect(rows).toEqual([]);
  });

  test('are kept up to 1 MiB for each import, whoever rejects them, and a replay says the same', async () => {
    const { url, account } = stack();
    const long = { ...GOOD, revenue: 'x'.repeat(3_010) };
    const key = { 'idempotency-key': 'much' };
    const answer = await postRecords(url, account.apiKey, [NOWHERE, ...Array.from({ length: 400 }, () => long)], key);
    const again = await postRecords(url, account.apiKey, [NOWHERE, ...Array.from({ length: 400 }, () => long)], key);
    expect(again.text).toBe(answer.text);
    const kept = Math.floor(MB / Buffer.byteLength(JSON.stringify(long)));
    // What is left is enough for the first record, which is shorter.
    expect(noticesOf(answer)).toBe(`records_not_kept=${400 - kept}`);
    expect(noticesOf(again)).toBe(noticesOf(answer));
    const { errors } = Object(await errorsOf(answer));
    expect(errors.slice(0, 2)).toMatchObject([{ record: NOWHERE }, { record: long }]);
  });

  test('are not kept any more once the account has kept as much as it may', async () => {
    const { url, database } = stack();
    const account = await addSmallCatalog(database.sql);
    const send = (records: unknown[], query = '') =>
      post(url, JSON.stringify({ records }), { apiKey: account.apiKey, path: REVENUE_PATH + query });
    expect(noticesOf(await send([GOOD, WRONG, NOWHERE]))).toBeNull();
    await database.sql.query('UPDATE account_usage SET kept_bytes = kept_bytes + $2 WHERE account_id = $1', [
      account.id,
      2 * MB,
    ]);
    await eventually(async () => {
      const answer = await send([GOOD, WRONG, NOWHERE, GOOD, GOOD, NOWHERE]);
      expect(answer.json).toMatchObject({ success_count: 3, error_count: 3 });
      expect(noticesOf(answer)).toBe('records_not_kept=3');
    });
    for (const query of ['?dry_run=true', '?atomic=true'])
      expect(noticesOf(await send([GOOD, WRONG, NOWHERE, NOWHERE], query))).toBe('records_not_kept=3');
    const errors = await send([WRONG, NOWHERE]);
    const read = await get(`${url}/api/v2/history/imports/${importIdOf(errors)}/errors`, account.apiKey, 'text/csv');
    expect(read.text.trimEnd().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^0,invalid_revenue,.*,$/),
      expect.stringMatching(/^1,message_not_found,.*,$/),
    ]);
  });
});
