import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { freePort } from '@trackly/runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const script = fileURLToPath(new URL('../apps/stack/src/start.ts', import.meta.url));
const GONE = { timeout: 30_000, interval: 50 };

interface RunningStack {
  parent: ChildProcess;
  url: string;
  /** Of API and worker, as their log lines say. */
  pids: Set<number>;
}

let dataDir = '';
let started: RunningStack[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'trackly-start-'));
  started = [];
});

afterEach(async () => {
  const pids = started.flatMap(({ parent, pids: children }) => [parent.pid ?? 0, ...children]);
  for (const pid of [...pids, postmasterPid()].filter((each) => each > 0 && isRunning(each)))
    process.kill(pid, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** Starts everything, as `npm start` does, and waits until the API can accept work and both have logged. */
async function start(): Promise<RunningStack> {
  const port = await freePort();
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), DATABASE_URL: '', REDIS_URL: '' };
  const parent = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const stack: RunningStack = { parent, url: `http://127.0.0.1:${port}`, pids: new Set() };
  started.push(stack);

  const lines = createInterface({ input: parent.stdout });
  const ready = Promise.withResolvers<void>();
  let apiIsReady = false;
  lines.on('line', (line) => {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('pid' in entry && 'msg' in entry)) return;
    if (entry.pid !== parent.pid) stack.pids.add(Number(entry.pid));
    if (entry.pid === parent.pid && String(entry.msg).startsWith('ready')) apiIsReady = true;
    if (apiIsReady && stack.pids.size === 2) ready.resolve();
  });
  await Promise.race([ready.promise, once(parent, 'exit').then(() => Promise.reject(new Error('It did not start.')))]);
  expect((await fetch(`${stack.url}/readyz`)).status).toBe(200);
  return stack;
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
  await vi.waitFor(() => {
    expect([...stack.pids].filter(isRunning)).toEqual([]);
    expect(postmasterPid()).toBe(0);
  }, GONE);
}

describe('npm start', () => {
  test('on Ctrl-C, ends all processes and the embedded server, and starts again', async () => {
    const first = await start();
    first.parent.kill('SIGINT');
    expect(await once(first.parent, 'exit')).toEqual([0, null]);
    await expectNothingLeft(first);

    const second = await start();
    second.parent.kill('SIGTERM');
    expect(await once(second.parent, 'exit')).toEqual([0, null]);
    await expectNothingLeft(second);
  });

  test('when the parent is killed, the others end by themselves, and the next start works', async () => {
    const first = await start();
    first.parent.kill('SIGKILL');
    await expectNothingLeft(first);

    const second = await start();
    expect(second.parent.exitCode).toBeNull();
  });

  test('when all but PostgreSQL is killed, the next start takes it over, and stops it', async () => {
    const first = await start();
    const serverPid = postmasterPid();
    for (const pid of [first.parent.pid ?? 0, ...first.pids]) process.kill(pid, 'SIGKILL');
    expect(isRunning(serverPid)).toBe(true);

    const second = await start();
    expect(postmasterPid()).toBe(serverPid);
    second.parent.kill('SIGINT');
    await once(second.parent, 'exit');
    await expectNothingLeft(second);
  });

  test('when a process ends by itself, stops the others and fails', async () => {
    const { parent, pids } = await start();
    const [pid = 0] = pids;
    process.kill(pid, 'SIGKILL');
    expect(await once(parent, 'exit')).toEqual([1, null]);
  });
});
