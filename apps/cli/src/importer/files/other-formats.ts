import { CommandError } from '../../terminal/command-error.ts';
import { quoteArgument } from '../../terminal/quote-argument.ts';
import { peek } from './peek.ts';
import { pipeThrough } from './pipe-through.ts';

/** A format that is not read: how to recognise it, what it is called, and what to do. */
interface Format {
  /** Takes the beginning of a file, with a character for each byte. */
  recognise: (beginning: string) => boolean;
  what: string;
  remedy: (name: string, beginning: Buffer) => string;
}

const beginsWith = (magic: string) => (beginning: string) => beginning.startsWith(magic);
const matches = (magic: RegExp) => (beginning: string) => magic.test(beginning);
/** The name of the first file of a zip archive, and its content if that is not compressed. */
const hasEntry = (entry: RegExp) => (beginning: string) => beginning.startsWith(ZIP) && entry.test(beginning.slice(30));
/** In text of two or four bytes a character, most of them are zero. */
const hasZeros = (pattern: string) => (beginning: string) =>
  Array.from(beginning.slice(0, 4), (byte) => (byte === '\0' ? '0' : 'x')).join('') === pattern;

const ZIP = 'PK\u0003\u0004';

const throughCommand = (command: string) => (name: string) => pipeThrough(name, command);
const saveAsCsv = () => 'open it and save it as CSV in UTF-8';
const unpackWith = (command: string) => (name: string) =>
  `unpack it (${command} ${quoteArgument(name)}) and import the files in it`;

const FORMATS: readonly Format[] = [
  { recognise: beginsWith('\u00FD7zXZ\0'), what: 'compressed with xz', remedy: throughCommand('xz -dc') },
  { recognise: matches(/^BZh[1-9]1AY&SY/), what: 'compressed with bzip2', remedy: throughCommand('bzip2 -dc') },
  { recognise: beginsWith('\u0004\u0022\u004D\u0018'), what: 'compressed with lz4', remedy: throughCommand('lz4 -dc') },
  { recognise: beginsWith('\u001F\u009D'), what: 'compressed with compress', remedy: throughCommand('gzip -dc') },
  { recognise: beginsWith('\u001F\u008B'), what: 'compressed twice', remedy: throughCommand('gzip -dc') },
  { recognise: beginsWith('\u0028\u00B5\u002F\u00FD'), what: 'compressed twice', remedy: throughCommand('zstd -dc') },
  {
    recognise: hasEntry(/^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/),
    what: 'an Excel file (xlsx)',
    remedy: saveAsCsv,
  },
  { recognise: hasEntry(/^mimetypeapplication\/vnd/), what: 'an OpenDocument file (ods)', remedy: saveAsCsv },
  { recognise: beginsWith(ZIP), what: 'a zip archive', remedy: unzip },
  {
    recognise: beginsWith('\u00D0\u00CF\u0011\u00E0'),
    what: 'an Excel file, old (xls) or with a password',
    remedy: saveAsCsv,
  },
  { recognise: beginsWith('7z\u00BC\u00AF\u0027\u001C'), what: 'a 7z archive', remedy: unpackWith('7z x') },
  { recognise: beginsWith('Rar!\u001A\u0007'), what: 'a rar archive', remedy: unpackWith('unrar x') },
  {
    recognise: (beginning) => beginning.startsWith('ustar', 257) && beginning.includes('\0'),
    what: 'a tar archive',
    remedy: unpackWith('tar -xf'),
  },
  {
    recognise: matches(/^PAR1[^\s\u0020-\u007E]/),
    what: 'a Parquet file',
    remedy: () => `export it as CSV, for instance with duckdb -c "COPY (FROM 'FILE') TO 'FILE.csv'"`,
  },
  {
    recognise: beginsWith('SQLite format 3\0'),
    what: 'a SQLite database',
    remedy: () => 'export the table as CSV (sqlite3 -header -csv)',
  },
  { recognise: beginsWith('%PDF-'), what: 'a PDF document', remedy: () => 'get the data as CSV' },
  {
    recognise: matches(/^(?:\u00EF\u00BB\u00BF)?\s*<(?:!doctype html|html|head|body)\b/i),
    what: 'a web page, perhaps of a login or an error',
    remedy: () => 'download the file again',
  },
  { recognise: matches(/^(?:\u00EF\u00BB\u00BF)?\s*<\?xml\b/), what: 'an XML file', remedy: saveAsCsv },
  { recognise: beginsWith('\u00FF\u00FE\0\0'), what: 'UTF-32', remedy: throughCommand('iconv -f UTF-32LE -t UTF-8') },
  { recognise: beginsWith('\0\0\u00FE\u00FF'), what: 'UTF-32', remedy: throughCommand('iconv -f UTF-32BE -t UTF-8') },
  { recognise: hasZeros('x000'), what: 'UTF-32', remedy: throughCommand('iconv -f UTF-32LE -t UTF-8') },
  { recognise: hasZeros('000x'), what: 'UTF-32', remedy: throughCommand('iconv -f UTF-32BE -t UTF-8') },
  {
    recognise: hasZeros('x0x0'),
    what: 'UTF-16 without a byte order mark',
    remedy: throughCommand('iconv -f UTF-16LE -t UTF-8'),
  },
  {
    recognise: hasZeros('0x0x'),
    what: 'UTF-16 without a byte order mark',
    remedy: throughCommand('iconv -f UTF-16BE -t UTF-8'),
  },
];

/** A tar archive is recognised by what comes in its first block. */
const BLOCK_BYTES = 512;

/**
 * Yields content unchanged, unless it has a format that is known but not read.
 *
 * @throws CommandError that names the format, and the command that helps
 */
export async function* refuseOtherFormats(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const { head, items } = await peek(chunks, (read) => {
    const bytes = Buffer.concat(read);
    return bytes.length >= BLOCK_BYTES || isPlainLine(bytes);
  });
  const beginning = Buffer.concat(head).subarray(0, BLOCK_BYTES);
  const text = beginning.toString('latin1');
  const format = FORMATS.find(({ recognise }) => recognise(text));
  if (format) throw new CommandError(`${name} is ${format.what}: ${format.remedy(name, beginning)}.`);
  yield* items;
}

/** Whether the first line can be nothing but text, so that text that comes slowly is read at once. */
function isPlainLine(bytes: Buffer): boolean {
  return /^(?!\s*<|PK|BZh|PAR1|%PDF|Rar!|SQLi|7z)[\t\u0020-\u007E]*[\r\n]/.test(bytes.toString('latin1'));
}

function unzip(name: string, beginning: Buffer): string {
  const [low = 0, high = 0] = beginning.subarray(26);
  const entry = beginning.toString('utf8', 30, 30 + 256 * high + low);
  const isFile = /^[^\p{Cc}\uFFFD]*[^/\p{Cc}\uFFFD]$/u.test(entry);
  return isFile ? pipeThrough(name, 'unzip -p', entry) : unpackWith('unzip')(name);
}
