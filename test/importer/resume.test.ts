import { execFileSync, type ChildProcess } from 'node:child_process';
import { open, rm } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { forward } from './forward.ts';
import type { TracklyResult } from '../support/trackly.ts';
import { byText, HEADER, history, revenues, useWorkbench } from './workbench.ts';

describe('an import that is run again', () => {
  const bench = useWorkbench();

  test('goes on where it was after Ctrl-C, and says so', async () => {
    const before = await bench.savedRevenues();
    const file = await bench.write('stopped.csv', `${HEADER}\n${history(5500)}`);
    let importer: ChildProcess | undefined;
    let requests = 0;
    // The third batch is answered when the importer knows that it is to stop.
    await using proxy = await forward(bench.stack().url, async ({ method }) => {
      requests += Number(method === 'POST');
      if (method !== 'POST' || requests !== 3) return;
      const stopping = new Promise<void>((resolve) => {
        importer?.stderr?.on('data', (text: Buffer) => text.includes('Stopping') && resolve());
      });
      importer?.kill('SIGINT');
      await stopping;
    });
    const { child, result } = bench.start(['import', 'revenue', file, '--concurrency', '1', '--json'], {
      env: { TRACKLY_URL: proxy.url },
    });
    importer = child;
    const stopped = await result;
    expect(stopped).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('Run the same command again') });
    expect(JSON.parse(stopped.stdout)).toMatchObject({ status: 'interrupted', records: 3000, imported: 3000 });

    const resumed = await bench.run(['import', 'revenue', file, '--json']);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ status: 'completed', records: 5500, earlier_records: 3000 });
    expect(resumed.exitCode).toBe(0);
    expect(await bench.savedSince(before)).toEqual(revenues(5500));
  });

  test.each([
    ['as it was', []],
    ['from the beginning', ['--restart']],
  ])('counts once when it is complete, %s', async (_how, flags) => {
    const file = await bench.write('twice.csv', `${HEADER}\n${history(1500, 10_000)}`);
    expect((await bench.run(['import', 'revenue', file])).exitCode).toBe(0);
    const before = await bench.savedRevenues();
    const again = await bench.run(['import', 'revenue', file, '--json', ...flags]);
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: 1500, earlier_records: 1500, earlier_imported: 1500 });
    expect(await bench.savedRevenues()).toEqual(before);
  });

  test('counts once without its journal, and has it again', async () => {
    const file = await bench.write('lost.csv', `${HEADER}\n${history(1500, 20_000)}`);
    await bench.run(['import', 'revenue', file]);
    const before = await bench.savedRevenues();
    const journal = await bench.read('lost.csv.journal');
    await rm(bench.path('lost.csv.journal'));
    expect((await bench.run(['import', 'revenue', file])).exitCode).toBe(0);
    expect(await bench.savedRevenues()).toEqual(before);
    const batches = (text: string) => text.split('\n').filter((line) => line.includes('position'));
    expect(batches(await bench.read('lost.csv.journal')).toSorted(byText)).toEqual(batches(journal).toSorted(byText));
  });

  test.each([
    ['with its journal', 'kept.csv', 30_000, async () => {}],
    ['without its journal', 'gone.csv', 32_000, (file: string) => rm(`${file}.journal`)],
  ])('is refused when the file has changed, %s, and nothing counts twice', async (_how, name, first, meanwhile) => {
    const file = await bench.write(name, `${HEADER}\n${history(1500, first)}`);
    await bench.run(['import', 'revenue', file]);
    await meanwhile(file);
    const before = await bench.savedRevenues();
    await bench.write(name, `${HEADER}\n${history(1500, first).replace(`,${first + 500}\n`, `,${first + 500}.5\n`)}`);
    expect(await bench.run(['import', 'revenue', file])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Lines 2 to 1001 of .* are not what was imported under the name/),
    });
    // Rows that come after the last batch make it another one.
    await bench.write(name, `${HEADER}\n${history(1501, first)}`);
    expect((await bench.run(['import', 'revenue', file])).stderr).toMatch(/Lines 1002 to 1502 of/);
    expect(await bench.savedRevenues()).toEqual(before);
  });

  test('is refused when the file has lost rows', async () => {
    const file = await bench.write('cut.csv', `${HEADER}\n${history(2000, 35_000)}`);
    await bench.run(['import', 'revenue', file]);
    await bench.write('cut.csv', `${HEADER}\n${history(1000, 35_000)}`);
    expect(await bench.run(['import', 'revenue', file])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is shorter than when it was imported'),
    });
  });

  test('is refused with other options, and under another name', async () => {
    const file = await bench.write('options.csv', `${HEADER}\n${history(10, 40_000)}`);
    await bench.run(['import', 'revenue', file]);
    const before = await bench.savedRevenues();
    expect(await bench.run(['import', 'revenue', file, '--default', 'payout=1'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('was begun with another --default'),
    });
    await rm(`${file}.journal`);
    expect(await bench.run(['import', 'revenue', file, '--default', 'payout=1'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('with other options'),
    });
    await bench.run(['import', 'revenue', file]);
    expect(await bench.run(['import', 'revenue', file, '--name', 'other'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('was imported under the name "options.csv"'),
    });
    expect(await bench.savedRevenues()).toEqual(before);
  });

  test('begins anew with other options if nothing of it was sent', async () => {
    const before = await bench.savedRevenues();
    const lines = ['message_id,offer_id,revenue,payout,Amount', 'm0,o0,n/a,1,41000', 'm0,o0,1,n/a,42000'];
    const file = await bench.write('unsent.csv', `${lines.join('\n')}\n`);
    expect(await bench.run(['import', 'revenue', file])).toMatchObject({ exitCode: 1 });
    expect(await bench.read('unsent.csv.journal')).toContain('"import_id":null');
    expect((await bench.run(['verify', file])).stdout).toContain('Nothing of it was sent');

    expect(await bench.run(['import', 'revenue', file, '--map', 'revenue=Amount,payout=Amount'])).toMatchObject({
      exitCode: 0,
    });
    expect(await bench.savedSince(before)).toEqual(['41000', '42000']);
    expect((await bench.run(['verify', file])).stdout).not.toContain('Nothing of it was sent');
  });

  test('is refused with --restart and other options, and leaves journal and rejects as they are', async () => {
    const file = await bench.write('restart.csv', `${HEADER}\nm0,o0,43000\nm0,o0,n/a\n`);
    await bench.run(['import', 'revenue', file]);
    const [journal, rejects] = [await bench.read('restart.csv.journal'), await bench.read('restart.csv.rejects.csv')];
    expect(await bench.run(['import', 'revenue', file, '--restart', '--default', 'payout=1'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('was begun with another --default'),
    });
    expect(await bench.read('restart.csv.journal')).toBe(journal);
    expect(await bench.read('restart.csv.rejects.csv')).toBe(rejects);
  });

  test('goes on when the service has forgotten the beginning, though not its records', async () => {
    const file = await bench.write('aged.csv', `${HEADER}\n${history(2500, 45_000)}`);
    await bench.run(['import', 'revenue', file]);
    const before = await bench.savedRevenues();
    const { database, account } = bench.stack();
    const old = `SELECT id FROM imports WHERE account_id = $1 AND idempotency_key LIKE 'aged.csv:%'`;
    await database.sql.query(`DELETE FROM import_chunks WHERE account_id = $1 AND import_id IN (${old})`, [account.id]);
    await database.sql.query(`DELETE FROM imports WHERE account_id = $1 AND id IN (${old})`, [account.id]);
    const { exitCode, stdout } = await bench.run(['import', 'revenue', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ imported: 2500, earlier_records: 2500 });
    expect(exitCode).toBe(0);
    expect(await bench.savedRevenues()).toEqual(before);
    expect(await bench.run(['verify', file])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('have records without a time'),
    });
  });

  test('is refused by the journal of another account', async () => {
    const file = await bench.write('account.csv', `${HEADER}\n${history(10, 50_000)}`);
    await bench.run(['import', 'revenue', file]);
    const other = await addAccount(bench.stack().database.sql);
    expect(await bench.run(['import', 'revenue', file], { env: { TRACKLY_API_KEY: other.apiKey } })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('saved 10 records, but the service holds'),
    });
  });

  test('Ctrl-C while nothing comes sends no part of a batch', async () => {
    const before = await bench.savedRevenues();
    let importer: ChildProcess | undefined;
    await using proxy = await forward(bench.stack().url, ({ method }) => {
      if (method === 'POST') importer?.kill('SIGINT');
    });
    const whole = `${HEADER}\n${history(4000, 102_000)}`;
    // A batch is sent when its last block is complete.
    const withoutEnd = async function* () {
      yield Buffer.from(whole.slice(0, whole.indexOf(',105500\n') + 1));
      await new Promise((resolve) => importer?.once('exit', resolve));
    };
    const { child, result } = bench.start(['import', 'revenue', '-', '--name', 'typed', '--concurrency', '1'], {
      env: { TRACKLY_URL: proxy.url },
      input: withoutEnd(),
    });
    importer = child;
    const stopped = await result;
    expect(stopped.exitCode).toBe(130);
    expect((await bench.savedSince(before)).length).toBe(1000);
    const resumed = bench.start(['import', 'revenue', '-', '--name', 'typed'], { input: whole });
    expect((await resumed.result).exitCode).toBe(0);
    expect(await bench.savedSince(before)).toEqual(revenues(4000, 102_000));
  });

  test.each(['', `${HEADER}\n`])('Ctrl-C stops an input that has only blank lines after %j', async (start) => {
    let importer: ChildProcess | undefined;
    const blank = Buffer.alloc(64 * 1024, '\n');
    const withoutEnd = async function* () {
      if (start !== '') yield Buffer.from(start);
      // More than the pipe and the importer's own buffers hold: it reads.
      for (let pieces = 0; ; pieces += 1) {
        if (pieces === 50) importer?.kill('SIGINT');
        yield blank;
      }
    };
    const { child, result } = bench.start(['import', 'revenue', '-', '--name', 'blank'], { input: withoutEnd() });
    importer = child;
    expect((await result).exitCode).toBe(130);
  });

  test('Ctrl-C twice ends it while it reads from a pipe into which nobody writes any more', async () => {
    const pipe = bench.path('pipe');
    execFileSync('mkfifo', [pipe]);
    const asked = Promise.withResolvers<void>();
    await using proxy = await forward(bench.stack().url, () => asked.resolve());
    const { child, result } = bench.start(['import', 'revenue', pipe], { env: { TRACKLY_URL: proxy.url } });
    await using writing = await open(pipe, 'w');
    await writing.write(`${HEADER}\n`);
    // It has read this, and waits for more.
    await asked.promise;
    const stopping = new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: Buffer) => text.includes('Stopping') && resolve());
    });
    child.kill('SIGINT');
    await stopping;
    child.kill('SIGINT');
    await result;
    expect([130, 'SIGINT']).toContain(child.exitCode ?? child.signalCode);
  });

  test('two at the same time are one too many; a lock that was left behind is none', async () => {
    const file = await bench.write('both.csv', `${HEADER}\n${history(10, 99_000)}`);
    let first: ChildProcess | undefined;
    let second: TracklyResult | undefined;
    await using proxy = await forward(bench.stack().url, async ({ method }) => {
      if (method !== 'POST') return;
      second = await bench.run(['import', 'revenue', file]);
      first?.kill('SIGKILL');
    });
    const { child, result } = bench.start(['import', 'revenue', file], { env: { TRACKLY_URL: proxy.url } });
    first = child;
    await result;
    expect(second).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Process \d+ is already importing this file/),
    });
    expect(await bench.read('both.csv.journal.lock')).toMatch(/^\d+$/);
    expect((await bench.run(['import', 'revenue', file])).exitCode).toBe(0);
    await expect(bench.read('both.csv.journal.lock')).rejects.toThrow('ENOENT');
  });
});
