import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

export interface TracklyResult {
  /** Null when a signal has ended it. */
  exitCode: number | null;
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

/** Starts `trackly` as a user does. */
export function startTrackly(
  args: readonly string[],
  { env, input, cwd }: Omit<TracklyOptions, 'onStart'> = {},
): { child: ChildProcess; result: Promise<TracklyResult> } {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env }, cwd, stdio: 'pipe' });
  // It may end before it has read all.
  pipeline(Readable.from(input ?? []), child.stdin, () => undefined);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { child, result: ended.then(([stdout, stderr]) => ({ exitCode: child.exitCode, stdout, stderr })) };
}

/** Runs `trackly` to its end. */
export async function trackly(args: readonly string[], options: TracklyOptions = {}): Promise<TracklyResult> {
  const { child, result } = startTrackly(args, options);
  options.onStart?.(child);
  return result;
}
