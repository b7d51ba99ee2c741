import { describe, expect, test } from 'vitest';

import { forward } from './forward.ts';
import { HEADER, useWorkbench } from './workbench.ts';

describe('sending', () => {
  const bench = useWorkbench();

  test('what gets no answer is sent again, and counts once', async () => {
    const file = await bench.write('lost.csv', `${HEADER}\nm0,o0,1\nm1,o0,2\nm2,o0,4\n`);
    let answers = 0;
    await using proxy = await forward(bench.stack().url, ({ method, socket }) => {
      if (method === 'POST' && ++answers === 1) socket.destroy();
    });
    const result = await bench.run(['import', 'revenue', file, '--json'], { env: { TRACKLY_URL: proxy.url } });
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/broke .*\. Retrying\.\n/) });
    expect(JSON.parse(result.stdout)).toMatchObject({ records: 3, imported: 3, total_revenue: '7' });
    expect(await bench.savedRevenues()).toEqual(['1', '2', '4']);
  });

  test('records that are too large together go in smaller batches, compressed', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `${index}-${'é'.repeat(5000)},o0,1\n`);
    const file = await bench.write('large.csv', `${HEADER}\n${rows.join('')}`);
    const encodings: unknown[] = [];
    await using proxy = await forward(bench.stack().url, ({ method, headers }) => {
      if (method === 'POST') encodings.push(headers['content-encoding']);
    });
    const result = await bench.run(['import', 'revenue', file, '--json'], { env: { TRACKLY_URL: proxy.url } });
    expect(JSON.parse(result.stdout)).toMatchObject({ rejected: 1000, rejected_by_code: { invalid_message_id: 1000 } });
    expect(encodings).toEqual(['gzip', 'gzip']);
    expect(result.exitCode).toBe(1);
  });

  test('the rejects file has all rejected records, not only the first hundred, and can be imported once corrected', async () => {
    const row = (index: number, revenue: string) => `m${index % 3},o0,${revenue}\n`;
    const rows = Array.from({ length: 1500 }, (_, index) =>
      row(index, index % 5 === 3 ? `~${10_000 + index}` : `${10_000 + index}`),
    );
    const before = await bench.savedRevenues();
    const file = await bench.write('corrected.csv', `${HEADER}\n${rows.join('')}`);
    const first = await bench.run(['import', 'revenue', file]);
    expect(first).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/300 invalid_revenue\n.*\nlines .*\nrejects   .*corrected\.csv\.rejects\.csv\n/),
    });

    const rejects = await bench.read('corrected.csv.rejects.csv');
    const [header, ...lines] = rejects.trimEnd().split('\n');
    expect(header).toBe(`rejected_line,rejected_code,rejected_error,${HEADER}`);
    expect(lines.map((line) => line.split(',')[0])).toEqual(
      rows.flatMap((text, index) => (text.includes('~') ? [String(index + 2)] : [])),
    );
    expect(lines[0]).toMatch(/^5,invalid_revenue,"revenue must be an amount .*",m0,o0,~10003$/);

    await bench.write('corrected.csv.rejects.csv', rejects.replaceAll('~', ''));
    const second = await bench.run(['import', 'revenue', bench.path('corrected.csv.rejects.csv'), '--json']);
    expect(JSON.parse(second.stdout)).toMatchObject({ records: 300, imported: 300 });
    expect(second.exitCode).toBe(0);
    expect(second.stderr).not.toContain('ignoring');
    // Corrections are kept when the file is imported again.
    await bench.run(['import', 'revenue', file]);
    expect(await bench.read('corrected.csv.rejects.csv')).toBe(rejects.replaceAll('~', ''));
    expect((await bench.savedRevenues()).length).toBe(before.length + 1500);
  });

  test('a file with a delimiter, a decimal comma, local times and names of its own is told how to be read, once', async () => {
    const rows = ['Vorgang#Angebot#Umsatz#Zeit', 'm0#x0#1.234,50#31.12.2024 23:30', 'm1#o0#7#1.1.2025 00:30'];
    const file = await bench.write('own.csv', rows.join('\r\n'));
    const columns = 'message_id=Vorgang,offer_id=Angebot,revenue=Umsatz,timestamp=Zeit';
    const formats = ['--decimal-comma', '--date-format', 'd.M.yyyy HH:mm', '--timezone', 'Europe/Berlin'];
    const { stdout } = await bench.run(['import', 'revenue', file, '--delimiter', '#', '--map', columns, ...formats]);
    expect(stdout).toMatch(
      /imported {2}2\nrejected {2}0\nrevenue {3}1241\.5\nlines {5}3 \(1 header, 2 records\)\ntimes {5}2024-12-31T22:30:00 to 2024-12-31T23:30:00 \(UTC\)\n {10}2024-12 {2}2 {2}▇+\n$/,
    );
    // The journal knows the rest. Both are of December in UTC.
    expect(await bench.run(['verify', file])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('2 records, revenue 1241.5,\nthe same in each of 1 month'),
    });
  });

  test('what the importer rejects and what the service rejects are both told by their own lines', async () => {
    const rows = ['m0,o0,1,soon', 'm0,o0,55555,1.1.2025', 'm0,none,1,1.1.2025', 'm0,o0', 'nobody,o0,1,1.1.2025'];
    const file = await bench.write('both.csv', `${HEADER},timestamp\n${rows.join('\n')}\n`);
    await bench.run(['import', 'revenue', file, '--date-format', 'd.M.yyyy']);
    const rejects = (await bench.read('both.csv.rejects.csv')).trimEnd().split('\n').slice(1);
    expect(rejects.map((line) => line.replace(/,(?:"(?:[^"]|"")*"|[^,]*\.),/, ',…,'))).toEqual([
      '2,invalid_timestamp,…,m0,o0,1,soon',
      '4,offer_not_found,…,m0,none,1,1.1.2025',
      '5,invalid_record,…,m0,o0',
      '6,message_not_found,…,nobody,o0,1,1.1.2025',
    ]);
    expect(await bench.savedRevenues()).toContain('55555');
  });

  test('records of which none can be sent are rejected all the same', async () => {
    const file = await bench.write('dates.csv', `${HEADER},timestamp\nm0,o0,1,soon\nm0,o0,n/a,1.2.2025\n`);
    const { stdout, exitCode } = await bench.run(['import', 'revenue', file, '--date-format', 'd.M.yyyy', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      rejected: 2,
      rejected_by_code: { invalid_timestamp: 1, invalid_revenue: 1 },
    });
    expect(exitCode).toBe(1);
    expect((await bench.run(['verify', file])).exitCode).toBe(0);
  });
});

describe('a service that answers later', () => {
  const bench = useWorkbench({ syncWaitMs: 0 });

  test('is asked until it has saved everything', async () => {
    const rows = Array.from({ length: 2100 }, (_, index) => `m${index % 3},${index % 7 === 0 ? 'none' : 'x0'},1\n`);
    const file = await bench.write('later.csv', `${HEADER}\n${rows.join('')}`);
    const { stdout, exitCode } = await bench.run(['import', 'revenue', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ records: 2100, imported: 1800, rejected: 300, total_revenue: '1800' });
    expect(exitCode).toBe(1);
    expect((await bench.read('later.csv.rejects.csv')).trimEnd().split('\n')).toHaveLength(301);
  });
});
