import { spawn, type ChildProcess } from 'node:child_process';
import { Console } from 'node:console';
import { once } from 'node:events';
import { pipeline, Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { runTrackly } from '../../apps/cli/src/program.ts';

const COMMAND = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

export interface TracklyResult {
  /** Null when a signal has ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface TracklyOptions {
  env?: Record<string, string>;
  cwd?: string;
}

export interface TracklyProcessOptions extends TracklyOptions {
  /** In a process group of its own, which Ctrl-C does not reach. */
  detached?: boolean;
  /** For standard input; default: there is none. */
  input?: string | AsyncIterable<Buffer> | undefined;
  /** A file descriptor for stdout and stderr; default: the result has them. */
  output?: number | undefined;
}

/** The command, running. */
export interface TracklyProcess {
  child: ChildProcess;
  result: Promise<TracklyResult>;
}

/** Starts `trackly` as a user does. */
export function startTrackly(
  args: readonly string[],
  { env, input, output, cwd, detached = false }: TracklyProcessOptions = {},
): TracklyProcess {
  const options = { env: { ...process.env, ...env }, cwd, detached };
  const child = spawn(process.execPath, [COMMAND, ...args], {
    ...options,
    stdio: ['pipe', output ?? 'pipe', output ?? 'pipe'],
  });
  // It may end before it has read all.
  if (child.stdin) pipeline(Readable.from(input ?? []), child.stdin, () => undefined);
  const read = (stream: Readable | null) => (stream ? text(stream) : '');
  const ended = Promise.all([read(child.stdout), read(child.stderr), once(child, 'exit')]);
  return { child, result: ended.then(([stdout, stderr]) => ({ exitCode: child.exitCode, stdout, stderr })) };
}

let isRunning = false;

/**
 * Runs `trackly` to its end in this process, which saves the start of another. What goes on here meanwhile must not
 * write to the console.
 */
export async function trackly(args: readonly string[], { env, cwd }: TracklyOptions = {}): Promise<TracklyResult> {
  if (isRunning) throw new Error('Only one at a time can have the output of this process: use startTrackly.');
  isRunning = true;
  using cleanup = new DisposableStack();
  cleanup.defer(() => {
    isRunning = false;
  });
  const stdout = capture('stdout', cleanup);
  const stderr = capture('stderr', cleanup);
  replace(globalThis, 'console', new Console(stdout.stream, stderr.stream), cleanup);
  replace(process, 'env', { ...process.env, ...env }, cleanup);
  replace(process, 'exitCode', undefined, cleanup);
  if (cwd !== undefined) {
    const before = process.cwd();
    process.chdir(cwd);
    cleanup.defer(() => process.chdir(before));
  }
  await runTrackly(args);
  return { exitCode: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
}

/** Takes what is written to a stream of this process. */
function capture(name: 'stdout' | 'stderr', cleanup: DisposableStack) {
  let written = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  replace(process[name], 'write', stream.write.bind(stream), cleanup);
  return { stream, text: () => written };
}

function replace<T extends object, K extends keyof T>(object: T, key: K, value: T[K], cleanup: DisposableStack): void {
  const before = object[key];
  object[key] = value;
  cleanup.defer(() => {
    object[key] = before;
  });
}
