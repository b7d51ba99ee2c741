import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';

import { freePort } from '@trackly/runtime';

const ATTEMPTS = 3;

export interface ProgramOptions {
  command: string;
  args: readonly string[];
  /** What it prints when it is ready. */
  ready: string;
}

/**
 * Starts a server, in a process group of its own, which Ctrl-C does not reach, and waits until it is ready.
 *
 * @returns undefined when the program is not there, or gives up, as when another process has the port
 */
export async function startProgram({ command, args, ready }: ProgramOptions): Promise<ChildProcess | undefined> {
  const server = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const { promise, resolve } = Promise.withResolvers<ChildProcess | undefined>();
  server.once('error', () => resolve(undefined));
  server.once('exit', () => resolve(undefined));
  for (const output of [server.stdout, server.stderr]) {
    output.on('data', (text: Buffer) => {
      if (text.includes(ready)) resolve(server);
    });
  }
  return promise;
}

/** Settings as arguments: --name value. */
export function flags(settings: Record<string, string | number>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** Tries it on ports that were free a moment ago: another process can take one. Undefined when none did. */
export async function onFreePort<T>(start: (port: number) => Promise<T | undefined>): Promise<T | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const started = await start(await freePort());
    if (started !== undefined) return started;
  }
  return undefined;
}

/** Ends a server and waits until it is gone. */
export async function stopProgram(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

/** Whether a program can be run: its name, to be found on the PATH, or its path. */
export async function isInstalled(program: string): Promise<boolean> {
  const folders = path.isAbsolute(program) ? [''] : (process.env['PATH'] ?? '').split(path.delimiter);
  const found = await Promise.all(folders.map((folder) => isExecutable(path.join(folder, program))));
  return found.includes(true);
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
