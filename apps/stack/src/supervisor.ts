import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { MALLOC_ENV, NODE_FLAGS } from '@trackly/runtime';

const Address = Type.Object({ url: Type.String() });

const READY_POLL_MS = 100;
const READY_TIMEOUT_MS = 120_000;

export interface Stack {
  /** The address of the API. */
  url: string;
  /** Resolves when the API accepts work and ops is open; rejects after two minutes. */
  ready: Promise<{ opsUrl: string }>;
  /** Rejects if a process ends unexpectedly. */
  running: Promise<never>;
  /** Ends all processes in good order, and waits for them. */
  stop(): Promise<void>;
}

export interface StackOptions {
  host: string;
  port: number;
  opsPort: number;
  /** Where the processes log to: the output of this process, or the descriptor of an open file. */
  output: 'inherit' | number;
}

/**
 * Starts API, worker and ops as child processes. Each holds an IPC channel to this process, and ends when it closes.
 */
export function startStack({ host, port, opsPort, output }: StackOptions): Stack {
  const env = { ...MALLOC_ENV, ...process.env, HOST: host, PORT: String(port), OPS_PORT: String(opsPort) };
  const start = (name: string) =>
    fork(fileURLToPath(new URL(`../../${name}/src/server.ts`, import.meta.url)), {
      env,
      execArgv: [...NODE_FLAGS],
      // In their own process group, so that Ctrl-C reaches only this process, which then ends them in good order.
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
  // Nobody has to listen: unhandled, the rejection would end the process.
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

/** Returns the address that ops reports: without a password, ops does not listen on HOST. */
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
