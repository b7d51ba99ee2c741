import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { freePort } from '@trackly/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { eventually } from './support/eventually.ts';
import { makeServerFolder } from './support/server-folder.ts';

const script = fileURLToPath(new URL('../apps/stack/src/start.ts', import.meta.url));

interface RunningStack {
  parent: ChildProcess;
  url: string;
  opsUrl: string;
  /** Of API, worker and ops, as their log lines say. */
  pids: Set<number>;
}

let dataDir = '';
let started: RunningStack[] = [];

// Of one folder: each start has to cope with what the one before has left there.
beforeAll(async () => {
  dataDir = await makeServerFolder('start');
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

beforeEach(() => {
  started = [];
});
afterEach(() => {
  const pids = started.flatMap(({ parent, pids: children }) => [parent.pid ?? 0, ...children]);
  for (const pid of [...pids, postmasterPid()].filter((each) => each > 0 && isRunning(each)))
    process.kill(pid, 'SIGKILL');
});

/** Starts everything, as `npm start` does, and waits until the API can accept work and all have logged. */
async function start(): Promise<RunningStack> {
  const port = await freePort();
  const opsPort = await freePort();
  const parent = startParent({ PORT: String(port), OPS_PORT: String(opsPort) });
  const [url, opsUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${opsPort}`];
  const stack: RunningStack = { parent, url, opsUrl, pids: new Set() };
  started.push(stack);

  const lines = createInterface({ input: parent.stdout });
  const ready = Promise.withResolvers<void>();
  let readyLine: unknown;
  lines.on('line', (line) => {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('pid' in entry && 'msg' in entry)) return;
    if (entry.pid !== parent.pid) stack.pids.add(Number(entry.pid));
    if (entry.pid === parent.pid && String(entry.msg).startsWith('ready')) readyLine = entry;
    if (readyLine && stack.pids.size === 3) ready.resolve();
  });
  await Promise.race([ready.promise, once(parent, 'exit').then(() => Promise.reject(new Error('It did not start.')))]);
  expect(readyLine).toMatchObject({ url, opsUrl });
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
  expect((await fetch(opsUrl)).status).toBe(200);
  return stack;
}

function startParent(ports: Record<string, string>) {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', REDIS_URL: '', ...ports };
  return spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

function postmasterPid(): number {
  const file = path.join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function expectNothingLeft(stack: RunningStack): Promise<void> {
  await eventually(() => {
    expect([...stack.pids].filter(isRunning)).toEqual([]);
    expect(postmasterPid()).toBe(0);
  });
}

describe('npm start', () => {
  test('on Ctrl-C, ends all processes and the embedded server', async () => {
    const stack = await start();
    stack.parent.kill('SIGINT');
    expect(await once(stack.parent, 'exit')).toEqual([0, null]);
    await expectNothingLeft(stack);
  });

  test('when the parent is killed, the others end by themselves', async () => {
    const stack = await start();
    stack.parent.kill('SIGKILL');
    expect(await once(stack.parent, 'exit')).toEqual([null, 'SIGKILL']);
    await expectNothingLeft(stack);
  });

  test('when all but PostgreSQL is killed, the next start takes it over, and SIGTERM stops it', async () => {
    const first = await start();
    const serverPid = postmasterPid();
    for (const pid of [first.parent.pid ?? 0, ...first.pids]) process.kill(pid, 'SIGKILL');
    expect(isRunning(serverPid)).toBe(true);

    const second = await start();
    expect(postmasterPid()).toBe(serverPid);
    second.parent.kill('SIGTERM');
    expect(await once(second.parent, 'exit')).toEqual([0, null]);
    await expectNothingLeft(second);
  });

  test('when a process ends by itself, stops the others and fails', async () => {
    const stack = await start();
    const [pid = 0] = stack.pids;
    process.kill(pid, 'SIGKILL');
    expect(await once(stack.parent, 'exit')).toEqual([1, null]);
    await expectNothingLeft(stack);
  });

  test('when the port of ops is taken, says so and fails', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    try {
      const address = taken.address();
      const opsPort = String(typeof address === 'object' && address ? address.port : 0);
      const parent = startParent({ PORT: String(await freePort()), OPS_PORT: opsPort });
      const [output, [exitCode]] = await Promise.all([text(parent.stdout), once(parent, 'exit')]);
      expect(exitCode).toBe(1);
      expect(output).toContain(`Port ${opsPort} of 127.0.0.1 is taken: set OPS_PORT to a free one.`);
      await eventually(() => expect(postmasterPid()).toBe(0));
    } finally {
      taken.close();
    }
  });
});
