import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url));

/** The `trackly` command, running. */
export interface Importer extends AsyncDisposable {
  isRunning(): boolean;
  /** Kills it with -9 and waits until it is gone. */
  kill(): Promise<void>;
  /** When it has ended. */
  result: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

/** Starts `trackly` as a user does. */
export function startImporter(args: readonly string[], env: Record<string, string>): Importer {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    isRunning,
    kill,
    result: ended.then(([stdout, stderr]) => ({ exitCode: child.exitCode, stdout, stderr })),
    [Symbol.asyncDispose]: kill,
  };
}
