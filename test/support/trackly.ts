import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

export interface TracklyResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface TracklyOptions {
  env?: Record<string, string>;
  /** For standard input; default: there is none. */
  input?: string | AsyncIterable<Buffer>;
  cwd?: string;
  /** Is given the process when it has been started. */
  onStart?: (child: ChildProcess) => void;
}

/** Runs `trackly` as a user does. */
export async function trackly(args: readonly string[], options: TracklyOptions = {}): Promise<TracklyResult> {
  const { env, input, cwd, onStart } = options;
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env }, cwd, stdio: 'pipe' });
  // It may end before it has read all.
  pipeline(Readable.from(input ?? []), child.stdin, () => undefined);
  onStart?.(child);
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { exitCode: Number(exitCode), stdout, stderr };
}
