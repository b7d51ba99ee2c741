import { printable } from './printable.ts';

/** Prints a line, or several, to stdout. */
export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}
