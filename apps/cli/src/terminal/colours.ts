import type { WriteStream } from 'node:tty';

import type { Command } from 'commander';
import picocolors from 'picocolors';

/** Commander takes the colours out of help that is not for a terminal, or not to have any. */
const colours = picocolors.createColors(true);

/** Gives the help of a command, and of those below it, its colours. */
export function colourHelp(command: Command): void {
  command.configureHelp({
    styleTitle: colours.bold,
    styleCommandText: colours.cyan,
    styleSubcommandText: colours.cyan,
    styleOptionText: colours.cyan,
  });
  for (const child of command.commands) colourHelp(child);
}

/** Writes what has gone wrong as a line for stderr. */
export function toErrorLine(message: string, stream: Partial<WriteStream> = process.stderr): string {
  // Asks NO_COLOR and TERM too.
  const { red } = picocolors.createColors(stream.hasColors?.() ?? false);
  return `${red('trackly:')} ${message}\n`;
}
