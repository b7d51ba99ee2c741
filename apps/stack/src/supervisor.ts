import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROCESSES = ['api', 'worker'];

const READY_POLL_MS = 100;
const READY_TIMEOUT_MS = 120_000;

export interface Stack {
  /** The address of the API. */
  url: string;
  /** Settles when the API can accept work; rejects when it takes longer than two minutes. */
  ready: Promise<void>;
  /** Rejects when a process ends without being told to. */
  running: Promise<never>;
  /** Lets all processes finish what they have in hand, and waits for them. */
  stop(): Promise<void>;
}

export interface StackOptions {
  host: string;
  port: number;
  /** Where the processes log to: our own output, or an open file. */
  output: 'inherit' | number;
}

/** Starts API and worker as processes of their own. They end with us, however we end: each holds a channel to us. */
export function startStack({ host, port, output }: StackOptions): Stack {
  const env = { ...process.env, HOST: host, PORT: String(port) };
  const children = PROCESSES.map((name) =>
    fork(fileURLToPath(new URL(`../../${name}/src/server.ts`, import.meta.url)), {
      env,
      // A group of their own: Ctrl-C reaches us alone, and we end them in good order.
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    }),
  );

  const { promise: running, reject } = Promise.withResolvers<never>();
  let stopping = false;
  children.forEach((child, index) => {
    child.once('exit', () => {
      if (!stopping) reject(new Error(`The ${PROCESSES[index]} process ended by itself; its last log lines say why.`));
    });
  });
  // Whoever does not listen is not interested.
  running.catch(() => undefined);

  const url = `http://${host}:${port}`;
  return {
    url,
    running,
    ready: Promise.race([untilReady(url), running]),
    async stop() {
      stopping = true;
      await Promise.all(children.map(end));
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function untilReady(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(READY_TIMEOUT_MS);
  while (!deadline.aborted) {
    const response = await fetch(`${url}/readyz`, { signal: deadline }).catch(() => undefined);
    if (response?.ok) return;
    await delay(READY_POLL_MS);
  }
  throw new Error(`The API was not ready within ${READY_TIMEOUT_MS / 1000} seconds.`);
}
