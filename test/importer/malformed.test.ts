import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { HEADER, history, useWorkbench } from './workbench.ts';

describe('a file that is not as it should be', () => {
  const bench = useWorkbench();

  test.each<[string, string | Buffer, string]>([
    ['nothing in it', '', 'is empty: its first line must name the columns.'],
    [
      'a wrong header',
      'InvoiceNo,StockCode,Total\n1,2,3\n',
      'has no column for message_id, offer_id and revenue. Its columns are InvoiceNo, StockCode, Total. Map columns to fields: --map',
    ],
    ['binary content', Buffer.from('message_id,offer_id,revenue\nm0,o0,\u0000\n'), 'line 2: the content is not text'],
    ['Excel in it', Buffer.from('PK\u0003\u0004\u0014\u0000 and so on'), 'is a zip archive: unpack it'],
    ['another encoding', Buffer.from(`${HEADER}\nm0,o0,1\nm\xE9,o0,1\n`, 'latin1'), 'line 3: the content is not UTF-8'],
  ])('with %s is refused before anything is sent', async (what, content, reason) => {
    const file = await bench.write(`${what.replaceAll(' ', '-')}.csv`, content);
    const { exitCode, stderr } = await bench.run(['import', 'revenue', file]);
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/^trackly: [^\n]+\n$/m);
    expect(exitCode).toBe(2);
    expect(await bench.savedRevenues()).toEqual([]);
  });

  test('rows that are ragged are rejected, with their lines, and the others imported', async () => {
    const file = await bench.write('ragged.csv', `${HEADER}\nm0,o0,1.5\nm0,o0\nm0,o0,2.5,extra\n"m0","o0","3.5"\nm0`);
    const { exitCode, stdout } = await bench.run(['import', 'revenue', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ records: 5, imported: 2, rejected_by_code: { invalid_record: 3 } });
    expect(exitCode).toBe(1);
    expect(await bench.read('ragged.csv.rejects.csv')).toBe(
      [
        `rejected_line,rejected_code,rejected_error,${HEADER}`,
        '3,invalid_record,The row has 2 values; the first line names 3 columns.,m0,o0',
        '4,invalid_record,The row has 4 values; the first line names 3 columns.,m0,o0,2.5,extra',
        '6,invalid_record,The row has 1 value; the first line names 3 columns.,m0',
        '',
      ].join('\n'),
    );
    await bench.run(['import', 'undo', 'ragged.csv', '--yes']);
  });

  test.each<[string, string | Buffer, string, string, number]>([
    [
      'an unclosed quote',
      '"m0,o0,1\nm0,o0,1\n',
      'm0,o0,1\nm0,o0,1\n',
      'a quote in the row that begins here is never',
      10_000,
    ],
    ['another encoding', Buffer.from('m\xFC,o0,1\n', 'latin1'), 'm0,o0,1\n', 'the content is not UTF-8', 20_000],
    ['binary content', Buffer.from([0, 1, 2]), '', 'the content is not text', 30_000],
    ['a line of 3 MB', `${'m'.repeat(3_000_000)},o0,1\n`, 'm0,o0,1\n', 'longer than 1 MiB', 40_000],
  ])(
    'with %s after many rows stops there, and resumes once corrected',
    async (what, wrong, corrected, reason, first) => {
      const before = await bench.savedRevenues();
      const name = `${what.replaceAll(' ', '-')}-late.csv`;
      const rows = `${HEADER}\n${history(4321, first)}`;
      const file = await bench.write(name, Buffer.concat([Buffer.from(rows), Buffer.from(wrong)]));
      const stopped = await bench.run(['import', 'revenue', file, '--json']);
      expect(stopped).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`${name}, line 4323: `) });
      expect(stopped.stderr).toContain(reason);
      expect(JSON.parse(stopped.stdout)).toMatchObject({ status: 'failed', imported: 4000 });
      expect((await bench.savedRevenues()).length).toBe(before.length + 4000);

      await bench.write(name, rows + corrected);
      const { exitCode, stdout } = await bench.run(['import', 'revenue', file, '--json']);
      const records = 4321 + corrected.split('\n').length - 1;
      expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', imported: records, earlier_records: 4000 });
      expect(exitCode).toBe(0);
      expect((await bench.savedRevenues()).length).toBe(before.length + records);
    },
  );

  test('of which a download is cut off is imported as far as it goes, and whole, it goes on', async () => {
    const before = await bench.savedRevenues();
    const whole = gzipSync(`${HEADER}\n${history(5500, 50_000)}`);
    const file = await bench.write('download.csv.gz', whole.subarray(0, whole.length / 2));
    const stopped = await bench.run(['import', 'revenue', file, '--json']);
    expect(stopped).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('gzip data is damaged or cut off') });
    const { imported } = JSON.parse(stopped.stdout);
    expect(imported).toBeGreaterThan(0);
    expect(imported % 1000).toBe(0);

    await bench.write('download.csv.gz', whole);
    const { exitCode, stdout } = await bench.run(['import', 'revenue', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ imported: 5500, earlier_records: imported });
    expect(exitCode).toBe(0);
    expect((await bench.savedRevenues()).length).toBe(before.length + 5500);
  });

  test('a line of 1 GB does not fill the memory', async () => {
    const MEBIBYTE = 1024 * 1024;
    let written = 0;
    const input = async function* () {
      yield Buffer.from(`${HEADER}\n${history(1000)}"`);
      for (; written < 1024; written += 1) yield Buffer.alloc(MEBIBYTE, 'x');
    };
    const { result } = bench.start(['import', 'revenue', '-', '--name', 'gigabyte'], { input: input() });
    const { exitCode, stderr } = await result;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/standard input, line 1002: the row that begins here is longer than 1 MiB/);
    // It is not even read to its end.
    expect(written).toBeLessThan(100);
  });
});
