/** Ends a command with one line on stderr, which says what to do. */
export class CommandError extends Error {}
