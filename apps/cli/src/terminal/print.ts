import { write } from './output.ts';
import { printable } from './printable.ts';

/** Prints a line, or several, to stdout. */
export function print(text: string): void {
  write('stdout', `${printable(text)}\n`);
}
