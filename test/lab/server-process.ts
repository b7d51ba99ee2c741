import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the version that is tested. */
export const OUR_VERSION = fileURLToPath(new URL('../..', import.meta.url));

const { PATH, NODE_COMPILE_CACHE } = process.env;

/** An API, a worker or the console, as a process of its own. Disposing of it kills it. */
export interface ServerProcess extends AsyncDisposable {
  name: string;
  pid: number;
  logFile: string;
  /** Kills it with -9 and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, as an orchestrator does, and waits until it is gone. */
  terminate(): Promise<Exit>;
  /** What it has logged so far. */
  logs(): Promise<string>;
  /** Settles when the process is gone, whoever ended it. */
  exited: Promise<unknown>;
  /** What became of it, if it is gone and we have not ended it. */
  diedByItself(): string | undefined;
}

export interface Exit {
  /** Null when a signal has ended it. */
  code: number | null;
  /** From the request to the end. */
  ms: number;
}

export type App = 'api' | 'worker' | 'ops';

export interface ServerProcessOptions {
  name: string;
  app: App;
  /** The folder of the product; unset: our own. */
  version?: string | undefined;
  /** What to run instead of the app. */
  script?: string | undefined;
  /** For Node. */
  flags?: readonly string[] | undefined;
  env: Record<string, string>;
  logFile: string;
}

/** Starts a process; it gets a free port, the given environment and no more of ours than it needs to start. */
export function startServerProcess(options: ServerProcessOptions): ServerProcess {
  const { name, app, version = OUR_VERSION, flags = [], env, logFile } = options;
  const { script = path.join(version, `apps/${app}/src/server.ts`) } = options;
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...flags, script], {
    env: { PATH, NODE_COMPILE_CACHE, PORT: '0', WORKER_PORT: '0', OPS_PORT: '0', ...env },
    // A group of its own: Ctrl-C reaches us alone. The channel ends it should we be killed.
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const exited = once(child, 'exit');
  let ending = false;

  async function end(signal: NodeJS.Signals): Promise<Exit> {
    const startedAt = performance.now();
    if (isRunning(child)) {
      ending = true;
      child.kill(signal);
      await exited;
    }
    return { code: child.exitCode, ms: Math.round(performance.now() - startedAt) };
  }

  const kill = async () => void (await end('SIGKILL'));
  return {
    name,
    pid: child.pid ?? 0,
    logFile,
    kill,
    terminate: () => end('SIGTERM'),
    logs: () => readFile(logFile, 'utf8'),
    exited,
    diedByItself() {
      if (ending || isRunning(child)) return undefined;
      return `${name} ended by itself, with ${child.signalCode ?? `exit code ${child.exitCode}`}`;
    },
    [Symbol.asyncDispose]: kill,
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
