import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Input, Row } from '../files/input.ts';
import type { Batch } from './batches.ts';
import { RejectsFile } from './rejects-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-rejects-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Form = Pick<Input, 'format' | 'columns' | 'delimiter' | 'hasByteOrderMark'>;

async function write(name: string, form: Form, rows: Row[]): Promise<string> {
  const file = path.join(folder, name);
  const batch: Batch = {
    position: 0,
    hash: '',
    rows,
    records: [],
    times: [],
    rowOfRecord: [],
    rejections: [],
    fingerprints: [],
    bytes: 0,
  };
  const rejects = new RejectsFile(file, form, { keep: false, mode: 0o600 });
  expect(rejects.written).toBeUndefined();
  for (const index of rows.keys()) {
    await rejects.write(batch, [{ row: index, code: 'invalid_record', error: 'No "good", sorry.' }]);
  }
  await rejects.close();
  expect(rejects.written).toBe(file);
  return readFile(file, 'utf8');
}

const csv: Form = { format: 'csv', columns: ['id', 'a;b'], delimiter: ';', hasByteOrderMark: false };
const row = (line: number, ...cells: string[]): Row => ({ line, cells, fields: {} });

test('rows of CSV are as they are in the file, with line, code and reason before them', async () => {
  expect(await write('rows.csv', csv, [row(2, '1', 'x"y\nz'), row(4, '2'), row(5, '3', 'x', 'too many')])).toBe(
    [
      'rejected_line;rejected_code;rejected_error;id;"a;b"',
      '2;invalid_record;"No ""good"", sorry.";1;"x""y\nz"',
      '4;invalid_record;"No ""good"", sorry.";2',
      '5;invalid_record;"No ""good"", sorry.";3;x;too many',
      '',
    ].join('\n'),
  );
});

test('a byte order mark stays', async () => {
  const written = await write('mark.csv', { ...csv, hasByteOrderMark: true }, [row(2, '1', 'x'), row(3, '2', 'y')]);
  expect(written.split('\uFEFF')).toEqual(['', expect.stringMatching(/^rejected_line;/)]);
});

test('what an earlier rejects file said is replaced', async () => {
  const columns = ['rejected_line', 'rejected_code', 'rejected_error', 'id'];
  expect(await write('again.csv', { ...csv, columns }, [row(2, '7', 'x', 'y', '1')])).toBe(
    'rejected_line;rejected_code;rejected_error;id\n2;invalid_record;"No ""good"", sorry.";1\n',
  );
});

test('lines of NDJSON keep their digits', async () => {
  const form: Form = { format: 'ndjson', columns: [], delimiter: ',', hasByteOrderMark: false };
  const line = '  { "id": 12345678901234567890, "note": "a}" }';
  const reason = '"rejected_line":1,"rejected_code":"invalid_record","rejected_error":"No \\"good\\", sorry."';
  const written = await write('rows.ndjson', form, [row(1, line)]);
  expect(written).toBe(`{${reason},"id": 12345678901234567890, "note": "a}" }\n`);
  expect(await write('rows2.ndjson', form, [row(1, written.trim())])).toBe(written);
  expect(await write('none.ndjson', form, [row(1, '{}')])).toBe(`{${reason}}\n`);
  const problem = { ...row(1, 'not "JSON'), problem: 'The line is not JSON.' };
  expect(await write('text.ndjson', form, [problem])).toBe(`{${reason},"text":"not \\"JSON"}\n`);
});
