/** Ends a command with one line on stderr, which says what to do. */
export class CommandError extends Error {}

/** Ends a command at once, whatever it still waits for. */
export class Interruption extends CommandError {
  constructor(signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}: what was not finished was not done; run the command again.`);
  }
}
