/** Ends a command with one line on stderr that says what to do. */
export class CommandError extends Error {}

/** Ends a command that would end in the same way if it were run again. */
export class LastingError extends CommandError {}

/** Ends a command at once, without waiting for anything. */
export class Interruption extends CommandError {
  constructor(signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}: unfinished work was not saved; run the command again.`);
  }
}
