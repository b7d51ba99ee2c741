import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { InputFormat } from '../files/input.ts';
import { inputOf } from '../files/test-input.ts';
import { fileKinds } from '../kinds/index.ts';
import { createMapping } from '../mapping/mapping.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import { cutIntoBatches, type Batch } from './batches.ts';

type Options = Partial<MappingOptions> & InputFormat;

async function read(content: string, options: Options = {}) {
  const input = await inputOf(content, [64 * 1024], options);
  const given = { map: {}, default: {}, ...options };
  const mapping = createMapping(fileKinds.revenue, given, input);
  const batches: Batch[] = [];
  for await (const batch of cutIntoBatches(input, mapping)) batches.push(batch);
  mapping.checkFound();
  return { batches, account: input.account, records: batches.flatMap(({ records }) => records) };
}

const HEADER = 'message_id,offer_id,revenue,timestamp,note\n';
const rows = (from: number, to: number, note = '"n"') =>
  Array.from({ length: to - from }, (_value, index) => `m${from + index},o1,1,2024-10-02,${note}\n`).join('');

const escape = String.raw`Add --escape '\': then each of these lines is a row of 5 cells.`;
const none = 'Add --quote none: then each of these lines is a row of 5 cells.';
test.each([
  ['an escaped quote', String.raw`m1,o1,1,2024-10-01,"it is 5\""${'\n'}${rows(2, 54)}`, escape],
  [
    'one in an ignored column of the second row',
    String.raw`${rows(1, 2)}m1,o1,1,2024-10-01,"5\""${'\n'}${rows(2, 4)}`,
    escape,
  ],
  ['an inch sign at the end', `m1,o1,1,2024-10-01,"27""\nm2,o2,1,2024-10-01,"x"\n`, none],
  ['a stray opening quote', `m1,o1,1,2024-10-01,"open\n${rows(2, 4, 'x')}m4,o1,1,2024-10-02,5"\n`, none],
  ['a stray quote up to the next inch sign', `m1,o1,1,2024-10-01,"open\nm2,o1,1,2024-10-02,24"\n`, none],
])('rows that a quote joins stop the import: %s', async (_what, text, remedy) => {
  const line = text.startsWith('m1,o1,1,2024-10-02') ? 3 : 2;
  const start = `f, line ${line}: the quoted cell that begins here contains line ${line + 1}, which looks like a row. ${remedy}`;
  await expect(read(HEADER + text)).rejects.toThrow(start);
});

test('lines in a quoted cell are looked at while signals have their turn, however many there are', async () => {
  const input = await inputOf(`${HEADER}m1,o1,1,2024-10-01,"${'x,y\n'.repeat(200_000)}"\n`, [2 * 1024 * 1024]);
  const batches = cutIntoBatches(input, createMapping(fileKinds.revenue, { map: {}, default: {} }, input));
  let turns = 0;
  const timer = setInterval(() => (turns += 1));
  expect(await Array.fromAsync(batches, ({ records }) => records.length)).toEqual([1]);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});

test('the option that the error names reads the rows', async () => {
  const text = String.raw`${HEADER}m1,o1,1,2024-10-01,"it is 5\""${'\n'}${rows(2, 54)}`;
  expect((await read(text, { escape: '\\' })).records).toHaveLength(53);
  const open = `${HEADER}m1,o1,1,2024-10-01,"open\n${rows(2, 4, 'x')}m4,o1,1,2024-10-02,5"\n`;
  expect((await read(open, { quote: 'none' })).records).toHaveLength(4);
  expect((await read(open, { quote: '"' })).records).toHaveLength(1);
});

test.each([
  ['an address in the last column', 'm1,o1,1,2024-10-01,"Main Street 5, Apt 2\nBerlin, Germany"\n'],
  ['prose with as many commas as columns', 'm1,o1,1,2024-10-01,"Hello,\nthanks, we, will, do, so\nbye"\n'],
  ['blank lines', 'm1,o1,1,2024-10-01,"a\n\n\nb"\n'],
  ['rows of another kind', 'm1,o1,1,2024-10-01,"a\nx,y,z,u,v\nb"\n'],
])('cells with several lines are read: %s', async (_what, text) => {
  const { records, account } = await read(HEADER + text + rows(2, 4));
  expect(records).toHaveLength(3);
  expect(account).toMatchObject({ header: 1, records: 3, continuation: text.split('\n').length - 2 });
});

test('a quoted first column with several lines is read', async () => {
  const { records } = await read(
    `note,${HEADER.replace(',note', '')}"a\nb",m1,o1,1,2024-10-01\nc,m2,o1,1,2024-10-01\n`,
  );
  expect(records).toHaveLength(2);
});

test('a row may lack cells that no field is read from', async () => {
  const { batches } = await read(`${HEADER}m1,o1,1,2024-10-01\nm2,o1,1\nm3,o1,1,2024-10-01,x,\n`);
  expect(batches[0]?.records).toHaveLength(2);
  expect(batches[0]?.rejections).toEqual([
    { row: 1, code: 'invalid_record', error: 'The row has 3 values; the first line names 5 columns.' },
  ]);
});

test.each([
  ['in another order', 'offer_id,message_id,revenue,timestamp,note\no1,m2,1,2024-10-01,\n'],
  ['with others', 'message_id,offer_id,revenue,timestamp,note,country\nm2,o1,1,2024-10-01,,DE\n'],
])('a line that names the columns %s stops the import', async (_what, text) => {
  await expect(read(`${HEADER}${rows(1, 3)}${text}`)).rejects.toThrow(
    'f, line 4: this line names the columns again, but',
  );
});

test('--where selects rows, and the others are counted', async () => {
  const text = `${HEADER}m1,o1,1,2024-10-01,paid\nm2,o1,1,2024-10-01,open\nm3,o2,1,2024-10-01, paid \nm4,o1,1,2024-10-01,x\n`;
  const ids = async (...where: string[]) =>
    (await read(text, { where })).records.map((record) => record['message_id']).join(' ');
  expect(await ids('note=paid')).toBe('m1 m3');
  expect(await ids('note=paid', 'note=x')).toBe('m1 m3 m4');
  expect(await ids('note!=paid', 'note!=x')).toBe('m2');
  expect(await ids('note=paid', 'offer_id=o2')).toBe('m3');
  expect((await read(text, { where: ['note=paid'] })).account).toMatchObject({ records: 2, filtered: 2 });
  await expect(ids('note=Paid')).rejects.toThrow(
    'f has no row with note=Paid; note is "paid", "open" and "x": change --where.',
  );
  await expect(ids('Note=paid')).rejects.toThrow('no column "Note", which --where names; did you mean note?');
  await expect(ids('note')).rejects.toThrow('--where "note" does not have the form of COLUMN=VALUE');
});

const fingerprintsOf = (batches: readonly Batch[]) => new Set(batches.flatMap(({ fingerprints }) => fingerprints));
/** Records of varied content. */
const record = (index: number) => `m${(index * 7919) % 100_003},o${index % 17},${(index % 97) / 4},2024-10-02,\n`;
const records = (from: number, to: number) =>
  HEADER + Array.from({ length: to - from }, (_value, index) => record(from + index)).join('');

test('the same records have the same fingerprints, however the file is written', async () => {
  const plain = await read(records(0, 30));
  const other = await read(records(0, 30).replaceAll(',', ';').replaceAll('\n', '\r\n'));
  expect([...fingerprintsOf(plain.batches)]).toHaveLength(1);
  expect(fingerprintsOf(other.batches)).toEqual(fingerprintsOf(plain.batches));
  expect(fingerprintsOf((await read(records(0, 29))).batches)).not.toEqual(fingerprintsOf(plain.batches));
});

test('any part of a file shares the blocks within it, and every batch knows those of its records', async () => {
  const whole = await read(records(0, 20_000));
  const known = fingerprintsOf(whole.batches);
  expect(known.size).toBeGreaterThan(10);
  expect(known.size).toBeLessThan(40);
  expect(whole.batches.map(({ fingerprints }) => fingerprints.length)).not.toContain(0);
  const property = fc.asyncProperty(fc.nat(13_000), fc.integer({ min: 6000, max: 7000 }), async (from, length) => {
    const part = await read(records(from, from + length));
    const shared = [...fingerprintsOf(part.batches)].filter((fingerprint) => known.has(fingerprint));
    expect(shared.length).toBeGreaterThan(0);
  });
  await fc.assert(property, { numRuns: 20 });
});

test('among rejected rows no batch waits for long', async () => {
  const input = await inputOf(`${HEADER}m0,o1,1,2024-10-02,\n${'x\n'.repeat(200_000)}`);
  const mapping = createMapping(fileKinds.revenue, { map: {}, default: {} }, input);
  for await (const { fingerprints } of cutIntoBatches(input, mapping)) {
    expect(fingerprints).toHaveLength(1);
    expect(input.account.records).toBeLessThan(200_001);
    break;
  }
});
