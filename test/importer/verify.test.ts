import { describe, expect, test } from 'vitest';

import { postRecords } from '../support/http.ts';
import { useWorkbench } from './workbench.ts';

const HEADER = 'message_id,offer_id,revenue,timestamp';

describe('trackly verify', () => {
  const bench = useWorkbench();

  const importAll = async (name: string, lines: string[]) => {
    const file = await bench.write(name, `${HEADER}\n${lines.join('\n')}\n`);
    await bench.run(['import', 'revenue', file]);
    return file;
  };
  const verify = async (file: string) => {
    const { exitCode, stdout, stderr } = await bench.run(['verify', file, '--json']);
    return { exitCode, found: stdout === '' ? undefined : JSON.parse(stdout), stderr };
  };

  test('agrees about offers by either id, months in UTC, records without a time, and every digit', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const file = await importAll('agrees.csv', [
      'm0,o0,0.00005,2025-02-01T00:30:00+01:00',
      'm0,x0,9999999999.9999,2025-01-31',
      'm1,o0,1.1,2025-02-01T00:00:00',
      'm1,o0,2.2,2025-01-31T23:59:59.999999Z',
      'm2,x0,4.00004999,',
      'm2,o0,n/a,2025-01-01',
      'm2,nothing,1,2025-01-01',
    ]);
    const { exitCode, found } = await verify(file);
    expect(found).toEqual({
      input: file,
      file: { records: 5, revenue: '10000000007.3' },
      service: { records: 5, revenue: '10000000007.3' },
      months: 3,
      offers: 1,
      lines: expect.objectContaining({ header: 1, records: 7, continuation: 0, blank: 0 }),
      differences: [],
    });
    expect(exitCode).toBe(0);
    expect(month).toMatch(/^\d{4}-\d{2}$/);
    expect((await bench.run(['verify', file])).stdout).toBe(
      `${file} and the service agree: 5 records, revenue 10000000007.3,\nthe same in each of 3 months and of 1 offer.\n` +
        'Lines of the file: 8 (1 header, 7 records).\n',
    );
  });

  test('does not mind what else the service holds', async () => {
    const file = await importAll('else.csv', ['m0,o0,1,2025-03-01']);
    const { url, account } = bench.stack();
    await postRecords(url, account.apiKey, [{ message_id: 'm0', offer_id: 'o0', revenue: 5, timestamp: '2025-03-01' }]);
    expect((await verify(file)).exitCode).toBe(0);
  });

  test.each([
    ['a row is gone', 'DELETE FROM revenue_records WHERE account_id = $1 AND revenue = 7.0001', 0],
    [
      'an amount is another',
      'UPDATE revenue_records SET revenue = 7.0002 WHERE account_id = $1 AND revenue = 7.0001',
      1,
    ],
  ])('says where they differ when %s', async (_what, damage, left) => {
    const file = await importAll(`damaged-${left}.csv`, [`m0,o0,7.0001,2025-04-0${left + 1}`, 'm0,o0,1,2025-05-01']);
    const { database, account } = bench.stack();
    await database.sql.query(damage, [account.id]);
    const revenue = left === 0 ? '0' : '7.0002';
    const { exitCode, found } = await verify(file);
    expect(exitCode).toBe(1);
    expect(found.differences).toEqual([
      {
        by: 'month',
        key: '2025-04',
        file: { records: 1, revenue: '7.0001' },
        service: { records: left, revenue },
      },
      {
        by: 'offer',
        key: 'o0',
        file: { records: 2, revenue: '8.0001' },
        service: { records: 1 + left, revenue: left === 0 ? '1' : '8.0002' },
      },
    ]);
    expect((await bench.run(['verify', file])).stdout).toMatch(/month +2025-04 +1 +[01] +7\.0001 +/);
    await database.sql.query('DELETE FROM revenue_records WHERE account_id = $1', [account.id]);
  });

  test('sees what was imported twice under the name', async () => {
    const file = await importAll('twice.csv', ['m0,o0,3,2025-06-01']);
    const { url, account } = bench.stack();
    const key = `twice.csv:1000:${'0'.repeat(32)}`;
    const record = { message_id: 'm0', offer_id: 'o0', revenue: 3, timestamp: '2025-06-01' };
    await postRecords(url, account.apiKey, [record], { 'idempotency-key': key });
    const { exitCode, found } = await verify(file);
    expect(exitCode).toBe(1);
    expect(found).toMatchObject({ file: { records: 1, revenue: '3' }, service: { records: 2, revenue: '6' } });
  });

  test('wants the file that was imported, and all of it', async () => {
    const file = await importAll('changed.csv', ['m0,o0,3,2025-06-01', 'm0,o0,4,2025-06-01']);
    await bench.write('changed.csv', `${HEADER}\nm0,o0,3,2025-06-01\nm0,o0,5,2025-06-01\n`);
    expect(await verify(file)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Lines 2 to 3 of .*changed\.csv are not what was imported/),
    });
    await bench.write('changed.csv', `${HEADER}\n`);
    expect(await verify(file)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is shorter than') });

    const other = await bench.write('never.csv', `${HEADER}\n`);
    expect(await verify(other)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no journal') });
  });
});
