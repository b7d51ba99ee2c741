import { gzipSync, zstdCompressSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { inputOf, readAll } from './test-input.ts';
import { refuseOtherFormats } from './other-formats.ts';

function zip(entry: string, content = ''): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\u0003\u0004', 'latin1');
  header.writeUInt16LE(Buffer.byteLength(entry), 26);
  return Buffer.concat([header, Buffer.from(entry + content), Buffer.alloc(20)]);
}

function tar(entry: string): Buffer {
  const header = Buffer.alloc(1024);
  header.write(entry);
  header.write('ustar', 257);
  return header;
}

const binary = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(40, 0xa5)]);
const table = 'a,b\n1,2\n';
const piped = (command: string, entry = 'f') =>
  `use ${command} f${entry === 'f' ? '' : ` ${entry}`} | trackly import … - --name ${entry}, with the same options.`;

test.each([
  ['xz', binary('fd377a585a00'), `f is compressed with xz: ${piped('xz -dc')}`],
  ['bzip2', binary('425a6839314159265359'), `f is compressed with bzip2: ${piped('bzip2 -dc')}`],
  ['lz4', binary('04224d18'), `f is compressed with lz4: ${piped('lz4 -dc')}`],
  ['compress', binary('1f9d90'), `f is compressed with compress: ${piped('gzip -dc')}`],
  ['gzip in gzip', gzipSync(gzipSync(table)), `f is compressed twice: ${piped('gzip -dc')}`],
  ['zstd in gzip', gzipSync(zstdCompressSync(table)), `f is compressed twice: ${piped('zstd -dc')}`],
  ['xlsx', zip('[Content_Types].xml'), 'f is an Excel file (xlsx): open it and save it as CSV in UTF-8.'],
  ['xlsx of others', zip('xl/workbook.xml'), 'f is an Excel file (xlsx): '],
  [
    'ods',
    zip('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'),
    'f is an OpenDocument file (ods): open it',
  ],
  ['zip', zip('history.csv'), `f is a zip archive: ${piped('unzip -p', 'history.csv')}`],
  ['an empty zip', binary('504b0304').subarray(0, 6), 'f is a zip archive: unpack it (unzip f)'],
  ['zip of a folder', zip('out/'), 'f is a zip archive: unpack it (unzip f) and import the files in it.'],
  ['xls', binary('d0cf11e0a1b11ae1'), 'f is an Excel file, old (xls) or with a password: open it and save it as CSV'],
  ['7z', binary('377abcaf271c'), 'f is a 7z archive: unpack it (7z x f)'],
  ['rar', binary('526172211a0700'), 'f is a rar archive: unpack it (unrar x f)'],
  ['tar', tar('history.csv'), 'f is a tar archive: unpack it (tar -xf f) and import the files in it.'],
  ['tar in gzip', gzipSync(tar('history.csv')), 'f is a tar archive: unpack it (tar -xf f)'],
  ['Parquet', binary('5041523115041510'), 'f is a Parquet file: export it as CSV, for instance with duckdb'],
  ['SQLite', binary('53514c69746520666f726d6174203300'), 'f is a SQLite database: export the table as CSV'],
  ['PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n', 'latin1'), 'f is a PDF document: get the data as CSV.'],
  ['HTML', Buffer.from('\uFEFF\n<!DOCTYPE html>\n<html>'), 'f is a web page, perhaps of a login or an error: download'],
  ['HTML without doctype', Buffer.from('<html lang="en">'), 'f is a web page, '],
  ['XML', Buffer.from('<?xml version="1.0"?>\n<Workbook>'), 'f is an XML file: open it and save it as CSV in UTF-8.'],
  [
    'UTF-16LE',
    Buffer.from(table, 'utf16le'),
    `f is UTF-16 without a byte order mark: ${piped('iconv -f UTF-16LE -t UTF-8')}`,
  ],
  [
    'UTF-16BE',
    Buffer.from(table, 'utf16le').swap16(),
    `f is UTF-16 without a byte order mark: ${piped('iconv -f UTF-16BE -t UTF-8')}`,
  ],
  ['UTF-32LE', binary('fffe000061000000'), `f is UTF-32: ${piped('iconv -f UTF-32LE -t UTF-8')}`],
  ['UTF-32BE', binary('0000feff00000061'), `f is UTF-32: ${piped('iconv -f UTF-32BE -t UTF-8')}`],
  ['UTF-32LE without a mark', binary('610000002c000000'), `f is UTF-32: ${piped('iconv -f UTF-32LE -t UTF-8')}`],
  ['UTF-32BE in zstd', zstdCompressSync(binary('000000610000002c')), 'f is UTF-32: '],
])('%s is named for what it is', async (_what, bytes, expected) => {
  for (const size of [1, 7, 1000]) await expect(inputOf(bytes, [size])).rejects.toThrow(expected);
});

test('the commands have names in quotes where a shell needs them, and know standard input', async () => {
  const message = async (name: string, bytes: Buffer) => {
    async function* chunks() {
      yield bytes;
    }
    return refuseOtherFormats(name, chunks())
      .next()
      .then(String, (error: Error) => error.message);
  };
  expect(await message('/data/my file.xz', binary('fd377a585a00'))).toBe(
    "/data/my file.xz is compressed with xz: use xz -dc '/data/my file.xz' | trackly import … - --name 'my file.xz', " +
      'with the same options.',
  );
  expect(await message('standard input', binary('fd377a585a00'))).toBe(
    'standard input is compressed with xz: pipe it through xz -dc first.',
  );
  expect(await message('f', zip('out/it is.csv'))).toBe(
    "f is a zip archive: use unzip -p f 'out/it is.csv' | trackly import … - --name 'it is.csv', with the same options.",
  );
});

test.each([
  'PAR1,b\n1,2\n',
  'PK,b\n',
  'BZh9,b\n',
  '7z,b\n',
  'Rar!,b\n',
  '<a>,b\n',
  '%PDF,b\n',
  `${'a'.repeat(257)}ustar,b\n`,
  'a',
])('%j is text', async (text) => {
  for (const size of [1, 1000]) {
    const input = await inputOf(text, [size]);
    expect(input.columns[0]).toBe(text.split(/[,\n]/)[0]);
    expect((await readAll(input)).reason).toBeUndefined();
  }
});
