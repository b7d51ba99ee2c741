import { write } from './output.ts';
import { printable } from './printable.ts';

/** Prints a line to stderr. On a terminal, it replaces the progress bar, which is then drawn again below. */
export function notice(text: string): void {
  write('stderr', `${process.stderr.isTTY ? '\r\u001B[K' : ''}${printable(text)}\n`);
}
