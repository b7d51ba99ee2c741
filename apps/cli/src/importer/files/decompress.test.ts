import { Readable } from 'node:stream';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { inputOf, readAll } from './test-input.ts';
import { unzstd, unzstdNatively } from './zstd.ts';

const ROWS = 3000;
const content = `a,b\n${Array.from({ length: ROWS }, (_value, index) => `${index},${Math.sin(index)}\n`).join('')}`;
const [start, end] = [content.slice(0, 1000), content.slice(1000)];
const skippable = Buffer.from('502a4d180400000001020304', 'hex');

// As the zstd command writes it.
const zstdWithChecksum = zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });

const compressed = {
  gzip: gzipSync(content),
  'gzip of two members': Buffer.concat([gzipSync(start), gzipSync(end)]),
  zstd: zstdWithChecksum,
  'zstd of two frames': Buffer.concat([zstdCompressSync(start), skippable, zstdCompressSync(end)]),
};
const sizes = [[1, 2, 500], [zstdCompressSync(start).length], [gzipSync(start).length], [1 << 20]];

test.each(Object.entries(compressed))('%s is read as what it contains', async (_what, bytes) => {
  const expected = await readAll(inputOf(content));
  expect(expected.rows).toHaveLength(ROWS);
  for (const pieceSizes of sizes) {
    const input = await inputOf(bytes, pieceSizes);
    expect(await readAll(input)).toEqual(expected);
    expect(input.bytesRead()).toBe(bytes.length);
  }
});

test.each(Object.entries(compressed))('%s that is cut off is refused', async (what, bytes) => {
  for (const length of [bytes.length - 1, bytes.length - 20, bytes.length >> 1]) {
    const { reason } = await readAll(inputOf(bytes.subarray(0, length)));
    expect(reason).toContain(`f: the ${what.slice(0, 4)} data is damaged or cut off (unexpected end of file)`);
  }
});

test.each([
  ['gzip', Buffer.concat([gzipSync(content), Buffer.from('and more of it')])],
  ['gzip', Buffer.concat([gzipSync(content).subarray(0, 5000), Buffer.alloc(5000)])],
  ['zstd', Buffer.concat([zstdCompressSync(content), Buffer.from('and more of it, not compressed')])],
  ['zstd', Buffer.concat([zstdWithChecksum.subarray(0, -1), Buffer.of(1)])],
])('%s that is damaged is refused', async (format, bytes) => {
  for (const pieceSizes of [[7], [5000], [1 << 20]]) {
    const { reason } = await readAll(inputOf(bytes, pieceSizes));
    expect(reason).toMatch(new RegExp(`^f: the ${format} data is damaged or cut off \\(.+\\): get the file again\\.$`));
  }
});

const decompressors = { native: unzstdNatively, fzstd: unzstd };
const frames = compressed['zstd of two frames'];

async function decompressed(name: keyof typeof decompressors, bytes: Buffer, size: number): Promise<string> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_value, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const blocks: Buffer[] = [];
  for await (const block of decompressors[name](Readable.from(pieces))) blocks.push(block);
  return Buffer.concat(blocks).toString();
}

test.each(['native', 'fzstd'] as const)('%s zstd reads all frames, however they are cut', async (name) => {
  for (const size of [1, 7, zstdCompressSync(start).length, 5000, 1 << 20]) {
    expect(await decompressed(name, frames, size)).toBe(content);
  }
});

test.each(['native', 'fzstd'] as const)('%s zstd notices an end that is missing, wherever', async (name) => {
  const second = zstdCompressSync(start).length + skippable.length;
  for (const length of [second - 1, second + 1, second + 12, frames.length >> 1, frames.length - 1]) {
    await expect(decompressed(name, frames.subarray(0, length), 4096)).rejects.toThrow(/unexpected (end of file|EOF)/);
  }
});

test('fzstd does not have all in memory that a small piece becomes', async () => {
  const mib = 1024 * 1024;
  const frame = zstdCompressSync(Buffer.alloc(4 * mib, ' '));
  const spaces = Buffer.concat(Array.from({ length: 64 }, () => frame));
  const before = process.memoryUsage().arrayBuffers;
  await unzstd(Readable.from([spaces])).next();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * mib);
});
