import { isUtf8 } from 'node:buffer';

import { CommandError } from '../../terminal/command-error.ts';
import { pipeThrough } from './pipe-through.ts';

const LF = 0x0a;

/** Whether bytes are UTF-8 text. They must not end within a character. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** Describes content whose first line is not UTF-8 text. The content ends with a line, or with the file. */
export function notText(name: string, line: number, bytes: Buffer): CommandError {
  const zero = bytes.indexOf(0);
  const isBinary = zero !== -1 && isUtf8(bytes.subarray(0, zero));
  return new CommandError(`${name}, line ${line}: ${isBinary ? ZERO_BYTE : notUtf8(name, bytes)}.`);
}

const ZERO_BYTE = 'the content is not text, it has a zero byte: give a CSV or JSON file';

function notUtf8(name: string, bytes: Buffer): string {
  if (endsWithinCharacter(bytes)) return 'the content ends within a character, the file is cut off: get it again';
  return `the content is not UTF-8, but probably Windows-1252: ${pipeThrough(name, 'iconv -f WINDOWS-1252 -t UTF-8')}`;
}

/** Whether only the end of the last character is missing, and at least two bytes of it are there. */
function endsWithinCharacter(bytes: Buffer): boolean {
  return [2, 3].some((length) => {
    const [lead = 0, ...others] = bytes.subarray(-length);
    const isCharacter = lead >= (length === 2 ? 0xe0 : 0xf0) && others.every((byte) => byte >= 0x80 && byte < 0xc0);
    return isCharacter && isUtf8(bytes.subarray(0, -length));
  });
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
