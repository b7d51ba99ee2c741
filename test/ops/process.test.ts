import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createDatabase, type TestDatabase } from '../support/database.ts';

const script = fileURLToPath(new URL('../../apps/ops/src/server.ts', import.meta.url));

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
});
afterAll(() => cleanup.disposeAsync());

interface OpsProcess extends AsyncDisposable {
  url: string;
  /** What it has logged until it was open. */
  messages: string[];
  /** Ends it as a supervisor would; its exit code. */
  end(): Promise<unknown>;
}

function start(env: Record<string, string>) {
  return spawn(process.execPath, [script], {
    env: { ...process.env, DATABASE_URL: database.url, REDIS_URL: '', OPS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function startOps(env: Record<string, string>): Promise<OpsProcess> {
  const child = start(env);
  const exited = once(child, 'exit');
  const end = async () => {
    child.kill('SIGTERM');
    return (await exited)[0] as unknown;
  };
  const messages: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('msg' in entry)) continue;
    messages.push(String(entry.msg));
    if (entry.msg === 'ops is open' && 'url' in entry) {
      child.stdout.resume();
      return { url: String(entry.url), messages, end, [Symbol.asyncDispose]: async () => void (await end()) };
    }
  }
  throw new Error(`It did not start: ${messages.join('; ')} ${await text(child.stderr)}`);
}

test('without a password it is open to this machine alone, whatever HOST says, and says so', async () => {
  await using ops = await startOps({ HOST: '0.0.0.0' });
  expect(new URL(ops.url).hostname).toBe('127.0.0.1');
  expect((await fetch(ops.url)).status).toBe(200);
  expect(ops.messages).toContainEqual(expect.stringContaining('set OPS_PASSWORD'));
  expect(await ops.end()).toBe(0);
});

test('with a password it is open to others, and warns that it does so without TLS', async () => {
  await using ops = await startOps({ HOST: '0.0.0.0', OPS_PASSWORD: 'a password' });
  const { port } = new URL(ops.url);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(401);
  expect(await (await fetch(`http://127.0.0.1:${port}/sign-in`)).text()).toContain('This page came without TLS');
  expect(ops.messages).toContainEqual(expect.stringContaining('TLS'));
});

test('a port that is taken, or a setting that is wrong, is named', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const taken = start({ OPS_PORT: String(port) });
    const [output, [exitCode]] = await Promise.all([text(taken.stdout), once(taken, 'exit')]);
    expect(exitCode).toBe(1);
    expect(output).toContain(`Port ${port} of 127.0.0.1 is taken: set OPS_PORT to a free one.`);
  } finally {
    other.close();
  }

  const wrong = start({ OPS_ALLOW_ACTIONS: 'perhaps' });
  const [complaint, [exitCode]] = await Promise.all([text(wrong.stderr), once(wrong, 'exit')]);
  expect(exitCode).toBe(1);
  expect(complaint).toMatch(/^ops: A setting is wrong: OPS_ALLOW_ACTIONS/);
});
