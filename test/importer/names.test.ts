import { rm } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { send, serve } from '../support/scripted-server.ts';
import { HEADER, history, revenues, useWorkbench } from './workbench.ts';

describe('an import by its name', () => {
  const bench = useWorkbench();

  test('a dry run saves nothing, keeps no journal, and says what the import says', async () => {
    const file = await bench.write('dry-run.csv', `${HEADER}\nm0,o0,70000\nm0,nothing,1\nm0,o0,n/a\n`);
    const before = await bench.savedRevenues();
    const dryRun = await bench.run(['import', 'revenue', file, '--dry-run', '--json']);
    const rejects = await bench.read('dry-run.csv.dry-run.rejects.csv');
    expect(await bench.savedRevenues()).toEqual(before);
    await expect(bench.read('dry-run.csv.journal')).rejects.toThrow('ENOENT');

    const real = await bench.run(['import', 'revenue', file, '--json']);
    const { seconds: _s, dry_run: wasDry, files: _f, ...said } = JSON.parse(dryRun.stdout);
    expect(wasDry).toBe(true);
    expect(JSON.parse(real.stdout)).toMatchObject(said);
    expect([dryRun.exitCode, real.exitCode]).toEqual([1, 1]);
    expect(await bench.read('dry-run.csv.rejects.csv')).toBe(rejects);
    expect(await bench.savedSince(before)).toEqual(['70000']);
  });

  test('a rejects file that was corrected is kept, however often the import is tried', async () => {
    const file = await bench.write('kept.csv', `${HEADER}\nm0,o0,70500\nm0,o0,n/a\n`);
    await bench.run(['import', 'revenue', file]);
    await bench.write('kept.csv.rejects.csv', 'corrected');
    for (let count = 0; count < 2; count += 1) await bench.run(['import', 'revenue', file, '--dry-run']);
    expect(await bench.read('kept.csv.rejects.csv')).toBe('corrected');
    for (let count = 0; count < 2; count += 1) await bench.run(['import', 'revenue', file, '--restart']);
    expect(await bench.read('kept.csv.rejects.csv.old')).toBe('corrected');
    expect(await bench.read('kept.csv.rejects.csv.old.2')).toContain('invalid_revenue');
  });

  test('a file that stopped for the name of another is imported under a name of its own', async () => {
    const before = await bench.savedRevenues();
    await bench.write('export.csv', `${HEADER}\nm0,o0,70600\n`);
    const other = bench.path('export-2.csv');
    await bench.write('export-2.csv', `${HEADER}\nm0,o0,70700\n`);
    expect((await bench.run(['import', 'revenue', bench.path('export.csv')])).exitCode).toBe(0);
    const stopped = await bench.run(['import', 'revenue', other, '--name', 'export.csv']);
    expect(stopped).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('give the import another --name') });
    expect(stopped.stderr).not.toContain('Run the same command again');
    expect(await bench.run(['import', 'revenue', other, '--name', 'export-2'])).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(await bench.savedSince(before)).toEqual(['70600', '70700']);
  });

  test('a copy that another program has saved is refused, though amounts and times are written anew', async () => {
    const columns = `${HEADER},timestamp`;
    const file = await bench.write(
      'saved.csv',
      `${columns}\nm0,o0,70800.50,2024-01-05\nm1,o0,70900,2024-01-05T10:00:00Z\n`,
    );
    expect((await bench.run(['import', 'revenue', file])).exitCode).toBe(0);
    const copy = await bench.write(
      'copy.ndjson',
      '{"message_id":"m0","offer_id":"o0","revenue":70800.5,"timestamp":"2024-01-05T00:00:00.000Z"}\n' +
        '{"message_id":"m1","offer_id":"o0","revenue":70900,"timestamp":"2024-01-05T11:00:00+01:00"}\n',
    );
    expect(await bench.run(['import', 'revenue', copy])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /were imported before, under the name "saved.csv".*Leave .*copy.ndjson out if it is a copy/,
      ),
    });
  });

  test('of several files, one that cannot be imported ends it, and what the others have brought is said', async () => {
    const files = [
      await bench.write('first.csv', `${HEADER}\nm0,o0,91000\n`),
      await bench.write('second.csv', 'a,b\n1,2\n'),
      await bench.write('third.csv', `${HEADER}\nm0,o0,92000\n`),
    ];
    const { exitCode, stdout, stderr } = await bench.run(['import', 'revenue', ...files, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      imported: 1,
      files: [
        { name: 'first.csv', status: 'completed' },
        { name: 'second.csv', status: 'failed' },
      ],
    });
    expect(stderr).toContain('second.csv has no column for message_id');
    expect(exitCode).toBe(2);
  });

  test('a journal that cannot be written is to be elsewhere', async () => {
    const file = await bench.write('read-only.csv', `${HEADER}\n${history(1)}`);
    expect(await bench.run(['import', 'revenue', file, '--journal', '/proc/journal'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/cannot be written \(\w+\): name a writable place with --journal\./),
    });
  });

  test('several files are imports of one name', async () => {
    const before = await bench.savedRevenues();
    const files = [
      await bench.write('jan.csv', `${HEADER}\n${history(1100, 80_000)}`),
      await bench.write('feb.ndjson', '{"message_id":"m0","offer_id":"x0","revenue":90000.5}\n'),
    ];
    const { exitCode, stdout } = await bench.run(['import', 'revenue', ...files, '--name', 'shop', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      records: 1101,
      files: [{ name: 'shop/jan.csv' }, { name: 'shop/feb.ndjson' }],
    });
    expect((await bench.savedSince(before)).length).toBe(1101);
    await bench.run(['import', 'undo', 'shop', '--yes']);
    expect(await bench.savedSince(before)).toEqual([]);
  });

  test('standard input is imported under a name, and again counts once', async () => {
    const before = await bench.savedRevenues();
    const input = `${HEADER}\n${history(1200, 95_000)}`;
    const run = () => bench.start(['import', 'revenue', '-', '--name', 'piped', '--json'], { input }).result;
    expect(JSON.parse((await run()).stdout)).toMatchObject({ imported: 1200, earlier_records: 0 });
    expect(JSON.parse((await run()).stdout)).toMatchObject({ imported: 1200, earlier_records: 1200 });
    expect(await bench.savedSince(before)).toEqual(revenues(1200, 95_000));
    expect(await bench.read('piped.journal')).toContain('"name":"piped"');
  });

  test('after it was undone needs another name, and then counts', async () => {
    const file = await bench.write('undone.csv', `${HEADER}\n${history(2500, 60_000)}`);
    const before = await bench.savedRevenues();
    await bench.run(['import', 'revenue', file]);
    expect(await bench.run(['import', 'undo', 'undone.csv'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('add --yes'),
    });
    expect(await bench.run(['import', 'undo', 'undone.csv', '--yes'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /undone\.csv \(revenue\): 2,500 of 2,500 records imported.*\nUndone: 2,500 records removed\. To/s,
      ),
    });
    expect(await bench.savedSince(before)).toEqual([]);
    expect(await bench.run(['verify', file])).toMatchObject({ exitCode: 1, stdout: `${file} was undone.\n` });
    expect(await bench.run(['import', 'revenue', file])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('was undone: to import'),
    });
    expect((await bench.run(['import', 'revenue', file, '--name', 'undone.csv 2'])).exitCode).toBe(0);
    expect(await bench.savedSince(before)).toEqual(revenues(2500, 60_000));
    expect(await bench.run(['import', 'undo', 'nothing'])).toMatchObject({ exitCode: 2 });

    const { stdout } = await bench.run(['import', 'status', 'undone.csv', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'undone.csv', status: 'undone', batches: 3, records: 2500 });
    const all = await bench.run(['import', 'status']);
    expect(all.stdout).toMatch(/^undone\.csv 2 +revenue +completed +3 +2,500 +2,500 +0 +/m);
  });

  test.each([
    ['with its journal', 300_000, async () => {}],
    ['without its journal', 400_000, (journal: string) => rm(journal)],
  ])(
    'begun under the spelling of macOS counts once, and is found by the name as it is typed, %s',
    async (how, start, meanwhile) => {
      const typed = `umsätze ${how}.csv`;
      const [composed, decomposed] = [typed.normalize('NFC'), typed.normalize('NFD')];
      const before = await bench.savedRevenues();
      const file = await bench.write(decomposed, `${HEADER}\n${history(2500, start)}`);
      await bench.run(['import', 'revenue', file]);
      // Versions before wrote the name as macOS spells it, and only the first batch has arrived.
      const { rows } = await bench
        .stack()
        .database.sql.query<{ id: string; key: string }>(
          'SELECT id, idempotency_key AS key FROM imports WHERE idempotency_key LIKE $1',
          [`${encodeURIComponent(composed)}:%`],
        );
      expect(rows).toHaveLength(3);
      for (const { id, key } of rows) {
        const former = key.replace(encodeURIComponent(composed), encodeURIComponent(decomposed));
        await bench.stack().database.sql.query('UPDATE imports SET idempotency_key = $2 WHERE id = $1', [id, former]);
      }
      const journal = await bench.read(`${decomposed}.journal`);
      const [header = '', first = ''] = journal.split('\n');
      await bench.write(`${decomposed}.journal`, `${header.replace(composed, decomposed)}\n${first}\n`);
      await meanwhile(bench.path(`${decomposed}.journal`));

      const again = await bench.run(['import', 'revenue', file, '--json']);
      expect(JSON.parse(again.stdout)).toMatchObject({
        status: 'completed',
        records: 2500,
        files: [{ name: composed }],
      });
      expect(await bench.savedSince(before)).toEqual(revenues(2500, start));
      expect((await bench.run(['verify', file])).exitCode).toBe(0);
      for (const name of [composed, decomposed]) {
        const { stdout } = await bench.run(['import', 'status', name, '--json']);
        expect(JSON.parse(stdout)).toMatchObject({ name: composed, batches: 3, records: 2500 });
      }
      expect((await bench.run(['import', 'undo', composed, '--yes'])).exitCode).toBe(0);
      expect(await bench.savedSince(before)).toEqual([]);
    },
  );

  test('a service that answers nothing useful ends it with what to do', async () => {
    const file = await bench.write('refused.csv', `${HEADER}\nm0,o0,1\n`);
    await using server = await serve((_request, response) => send(response, 200, '{"ok":true}'));
    expect(await bench.run(['import', 'revenue', file], { env: { TRACKLY_URL: server.url } })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('The answer is not one of this API: check the url'),
    });
  });
});
