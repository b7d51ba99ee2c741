import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { NODE_FLAGS } from '@trackly/runtime';

const Address = Type.Object({ url: Type.String() });

const READY_POLL_MS = 100;
const READY_TIMEOUT_MS = 120_000;

export interface Stack {
  /** The address of the API. */
  url: string;
  /** Settles when the API can accept work and ops is open; rejects when it takes longer than two minutes. */
  ready: Promise<{ opsUrl: string }>;
  /** Rejects when a process ends without being told to. */
  running: Promise<never>;
  /** Lets all processes finish what they have in hand, and waits for them. */
  stop(): Promise<void>;
}

export interface StackOptions {
  host: string;
  port: number;
  opsPort: number;
  /** Where the processes log to: our own output, or an open file. */
  output: 'inherit' | number;
}

/** Starts API, worker and ops as processes of their own. They end with us, however we end: each holds a channel to us. */
export function startStack({ host, port, opsPort, output }: StackOptions): Stack {
  const env = { ...process.env, HOST: host, PORT: String(port), OPS_PORT: String(opsPort) };
  const start = (name: string) =>
    fork(fileURLToPath(new URL(`../../${name}/src/server.ts`, import.meta.url)), {
      env,
      execArgv: [...NODE_FLAGS],
      // A group of their own: Ctrl-C reaches us alone, and we end them in good order.
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    });
  const children = { api: start('api'), worker: start('worker'), ops: start('ops') };

  const { promise: running, reject } = Promise.withResolvers<never>();
  let stopping = false;
  for (const [name, child] of Object.entries(children)) {
    child.once('exit', () => {
      if (!stopping) reject(new Error(`The ${name} process ended by itself; its last log lines say why.`));
    });
  }
  // Whoever does not listen is not interested.
  running.catch(() => undefined);

  const url = `http://${host}:${port}`;
  return {
    url,
    running,
    ready: Promise.race([
      Promise.all([addressOf(children.ops), untilReady(url)]).then(([opsUrl]) => ({ opsUrl })),
      running,
    ]),
    async stop() {
      stopping = true;
      await Promise.all(Object.values(children).map(end));
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Where ops listens, as it tells us: without a password that is not where HOST says. */
async function addressOf(ops: ChildProcess): Promise<string> {
  const [message]: unknown[] = await once(ops, 'message', { signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
  return Value.Parse(Address, message).url;
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
