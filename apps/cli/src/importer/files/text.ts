import { isUtf8 } from 'node:buffer';

import { CommandError } from '../../terminal/command-error.ts';

const LF = 0x0a;

/** Whether bytes are UTF-8 text. They must not end within a character. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

const REMEDIES = [
  { start: 'PK\u0003\u0004', text: 'text, but an Excel file or an archive: save it as CSV' },
  { start: '\u00D0\u00CF\u0011\u00E0', text: 'text, but an old Excel file: save it as CSV' },
  { start: '\u00FF\u00FE', text: 'UTF-8, but UTF-16: save it as UTF-8, for instance with iconv -f UTF-16 -t UTF-8' },
  { start: '\u00FE\u00FF', text: 'UTF-8, but UTF-16: save it as UTF-8, for instance with iconv -f UTF-16 -t UTF-8' },
];

/** Describes content whose first line is not UTF-8 text, such as an Excel file. */
export function notText(name: string, line: number, bytes: Buffer): CommandError {
  const known =
    line === 1 ? REMEDIES.find(({ start }) => bytes.toString('latin1', 0, start.length) === start) : undefined;
  const zero = bytes.indexOf(0);
  const isBinary = zero !== -1 && isUtf8(bytes.subarray(0, zero));
  const other = isBinary
    ? 'text, it has a zero byte: give a CSV or JSON file'
    : 'UTF-8: convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8';
  return new CommandError(`${name}, line ${line}: the content is not ${known?.text ?? other}.`);
}

/** Describes text that is not UTF-8, and begins in the given line. */
export function notTextIn(name: string, line: number, bytes: Buffer): CommandError {
  let number = line;
  let start = 0;
  for (let end = bytes.indexOf(LF); end !== -1 && isText(bytes.subarray(start, end)); end = bytes.indexOf(LF, start)) {
    start = end + 1;
    number += 1;
  }
  return notText(name, number, bytes.subarray(start));
}
