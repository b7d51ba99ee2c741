import { CommanderError, type Command } from 'commander';

import { toErrorLine } from './colours.ts';

/** Makes a command and its subcommands print usage errors as one line, and throw CommanderError instead of exiting. */
export function throwUsageErrors(command: Command, path = command.name()): void {
  command.exitOverride();
  command.configureOutput({
    outputError: (text, write) => write(toErrorLine(`${describeUsageError(text)} See "${path} --help".`)),
  });
  for (const child of command.commands) throwUsageErrors(child, `${path} ${child.name()}`);
}

/**
 * Decides what to print for an error that ended a command, and the exit code. The message is undefined if Commander has
 * printed it already.
 */
export function describeFailure(error: unknown, failureCode: number): { message?: string; exitCode: number } {
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : failureCode };
  return { message: describeError(error), exitCode: failureCode };
}

function describeUsageError(text: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Error codes of the network, and of PostgreSQL while it starts or stops. */
const NOT_CONNECTED = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P0[123])$/;

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (NOT_CONNECTED.test(code)) {
    return `PostgreSQL or Redis cannot be reached (${code}): check DATABASE_URL and REDIS_URL, and that the servers are running.`;
  }
  // The last line of a Prisma message says what happened; the lines before it say where.
  return error.message.split('\n').findLast((line) => line.trim() !== '') ?? error.name;
}
