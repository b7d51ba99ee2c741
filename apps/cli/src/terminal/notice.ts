/** Says something on stderr; on a terminal in place of the progress bar, which is drawn again below. */
export function notice(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001B[K' : ''}${text}\n`);
}
