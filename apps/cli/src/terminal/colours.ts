import type { WriteStream } from 'node:tty';

import type { Command } from 'commander';
import picocolors from 'picocolors';

import { printable } from './printable.ts';

/** Always on: Commander removes the colours from help that does not go to a terminal, or if NO_COLOR is set. */
const colours = picocolors.createColors(true);

/** Colours the help of a command and its subcommands. */
export function colourHelp(command: Command): void {
  command.configureHelp({
    styleTitle: colours.bold,
    styleCommandText: colours.cyan,
    styleSubcommandText: colours.cyan,
    styleOptionText: colours.cyan,
  });
  for (const child of command.commands) colourHelp(child);
}

/** Formats an error message as one line for stderr. */
export function toErrorLine(message: string, stream: Partial<WriteStream> = process.stderr): string {
  // hasColors also considers NO_COLOR and TERM.
  const { red } = picocolors.createColors(stream.hasColors?.() ?? false);
  return `${red('trackly:')} ${printable(message)}\n`;
}
