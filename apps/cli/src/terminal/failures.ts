import { CommanderError, type Command } from 'commander';

import { toErrorLine } from './colours.ts';

/** Makes a command and those below it throw CommanderError, after one line on stderr, where Commander would exit. */
export function throwUsageErrors(command: Command, path = command.name()): void {
  command.exitOverride();
  command.configureOutput({
    outputError: (text, write) => write(toErrorLine(`${describeUsageError(text)} See "${path} --help".`)),
  });
  for (const child of command.commands) throwUsageErrors(child, `${path} ${child.name()}`);
}

/**
 * What is left to do about an error that ended a command: what to print, unless it is printed already, and the
 * exit code.
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

/** Of the network, and of PostgreSQL when it is being stopped or started. */
const NOT_CONNECTED = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P0[123])$/;

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (NOT_CONNECTED.test(code)) {
    return `PostgreSQL or Redis cannot be reached (${code}): check DATABASE_URL and REDIS_URL, and that the servers run.`;
  }
  // Of Prisma's messages the last line says what happened, the others where.
  return error.message.split('\n').findLast((line) => line.trim() !== '') ?? error.name;
}
