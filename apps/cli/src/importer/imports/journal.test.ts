import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { JournalWriter, readJournal } from './journal.ts';
import type { BatchOutcome } from './outcome.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-journal-'));
});
afterAll(() => rm(folder, { recursive: true }));

const header = { kind: fileKinds.revenue, name: 'history', options: { map: { revenue: 'Umsatz €' }, default: {} } };

function outcome(position: number): BatchOutcome {
  return {
    position,
    hash: 'ab',
    rows: 1000,
    import_id: '0197',
    imported: 998,
    totals: { revenue: '12.5' },
    rejected: [{ code: 'offer_not_found', error: 'Kein “Angebot”.', rows: [3, 17] }],
  };
}

async function write(file: string, positions: number[], { complete = false } = {}): Promise<void> {
  const writer = await JournalWriter.open(file, header, { journal: undefined, mode: 0o600 });
  await Promise.all(positions.map((position) => writer.append(outcome(position))));
  if (complete) await writer.complete();
  await writer.close();
}

test('says what was written', async () => {
  const file = path.join(folder, 'whole');
  await write(file, [1000, 0, 2000], { complete: true });
  const journal = await readJournal(file, [fileKinds.revenue]);
  expect(journal).toMatchObject({ ...header, isComplete: true });
  expect([...(journal?.outcomes.values() ?? [])]).toEqual([outcome(1000), outcome(0), outcome(2000)]);
});

test('what version 1 wrote goes on being true', async () => {
  const file = path.join(folder, 'former');
  const { name, options } = header;
  const { totals: _totals, ...former } = outcome(0);
  const lines = [
    { trackly_journal: 1, name, options },
    { ...former, revenue: '12.5' },
  ];
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const journal = await readJournal(file, [fileKinds.revenue]);
  expect(journal).toMatchObject(header);
  expect(journal?.outcomes.get(0)).toEqual(outcome(0));
});

test('an outcome of version 1 whose revenue is no sum does not count, nor what follows it', async () => {
  const { name, options } = header;
  const { totals: _totals, ...former } = outcome(0);
  for (const revenue of ['abc', '-1', '1e5', '']) {
    const file = path.join(folder, 'former-damaged');
    const lines = [
      { trackly_journal: 1, name, options },
      { ...former, revenue: '12.5' },
      { ...former, position: 1000, revenue },
      { ...former, position: 2000, revenue: '12.5' },
    ];
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const journal = await readJournal(file, [fileKinds.revenue]);
    expect([...(journal?.outcomes.keys() ?? [])]).toEqual([0]);
  }
});

test('batches of another size are not mixed with ours', async () => {
  const file = path.join(folder, 'batches');
  const first = {
    trackly_journal: 2,
    kind: 'revenue',
    batch: { rows: 50_000, bytes: 1 },
    name: 'h',
    options: header.options,
  };
  await writeFile(file, `${JSON.stringify(first)}\n`);
  await expect(readJournal(file, [fileKinds.revenue])).rejects.toThrow(
    'was begun by a version of this command that makes batches of 50000 rows',
  );
});

test('there is none', async () => {
  expect(await readJournal(path.join(folder, 'none'), [fileKinds.revenue])).toBeUndefined();
});

test('something else is not taken for one', async () => {
  const file = path.join(folder, 'other');
  await writeFile(file, 'message_id,offer_id,revenue\nm,o,1\n');
  await expect(readJournal(file, [fileKinds.revenue])).rejects.toThrow(
    'is not a journal of this command: name another file with --journal.',
  );
});

test('wherever the machine died, the whole lines count, and it goes on after them', async () => {
  const file = path.join(folder, 'cut');
  await write(file, [0, 1000, 2000]);
  const whole = await readFile(file);
  const firstLine = whole.indexOf('\n') + 1;
  const cuts = fc.integer({ min: firstLine, max: whole.length });
  await fc.assert(
    fc.asyncProperty(cuts, fc.constantFrom('', '\0\0\0\0', '{"position":3000,'), async (length, rubbish) => {
      await writeFile(file, Buffer.concat([whole.subarray(0, length), Buffer.from(rubbish)]));
      const found = await readJournal(file, [fileKinds.revenue]);
      const known = [...(found?.outcomes.keys() ?? [])];
      expect([0, 1000, 2000].slice(0, known.length)).toEqual(known);
      expect(known.length).toBe(whole.subarray(firstLine, length).toString().split('\n').length - 1);

      const writer = await JournalWriter.open(file, header, { journal: found, mode: 0o600 });
      await writer.append(outcome(9000));
      await writer.close();
      const resumed = await readJournal(file, [fileKinds.revenue]);
      expect([...(resumed?.outcomes.keys() ?? [])]).toEqual([...known, 9000]);
      expect(resumed?.soundBytes).toBe((await readFile(file)).length);
    }),
    { numRuns: 50 },
  );
});

test('one that was not begun is none', async () => {
  const file = path.join(folder, 'empty');
  await writeFile(file, '');
  expect(await readJournal(file, [fileKinds.revenue])).toBeUndefined();
});
