import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { attachEmbeddedServer, createLogger } from '@trackly/runtime';
import { openServers } from '@trackly/servers';
import { migrate } from '@trackly/db';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { eventually } from './support/eventually.ts';
import { makeServerFolder } from './support/server-folder.ts';

const user = fileURLToPath(new URL('support/embedded-user.ts', import.meta.url));

let dataDir = '';

beforeAll(async () => {
  // Such a folder is closed to all but us, and so to the user that the server runs as when we are root.
  dataDir = await makeServerFolder('embedded');
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

afterEach(() => {
  const pid = postmasterPid();
  if (pid) process.kill(pid, 'SIGKILL');
});

function postmasterPid(): number | undefined {
  const file = path.join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A process that uses the server until it is told to stop, or killed. */
async function startUser() {
  const child = spawn(process.execPath, [user, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    url: String(url),
    async stop() {
      child.stdin.end();
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('the embedded server', () => {
  test('is made once, shared by all processes, and stopped by the last one that leaves', async () => {
    const [first, second, third] = await Promise.all([startUser(), startUser(), startUser()]);
    expect(second.url).toBe(first.url);
    expect(third.url).toBe(first.url);

    await first.stop();
    await second.stop();
    expect(await query(third.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await third.stop();
    expect(postmasterPid()).toBeUndefined();
  });

  test('keeps what is written to it from one start to the next', async () => {
    const first = await attachEmbeddedServer({ dataDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.close();
    expect(postmasterPid()).toBeUndefined();

    const second = await attachEmbeddedServer({ dataDir });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.close();
  });

  test('is not kept alive by a process that was killed', async () => {
    const [killed, other] = await Promise.all([startUser(), startUser()]);
    await killed.kill();
    await eventually(async () => {
      const leases = await query(other.url, `SELECT 1 FROM pg_stat_activity WHERE application_name = 'trackly-lease'`);
      expect(leases).toHaveLength(1);
    });
    await other.stop();
    expect(postmasterPid()).toBeUndefined();
  });

  test('recovers what was committed before it was killed', async () => {
    const first = await startUser();
    await query(first.url, 'CREATE TABLE recovered AS SELECT 42 AS answer');
    process.kill(postmasterPid() ?? 0, 'SIGKILL');
    await first.kill();

    const second = await startUser();
    expect(await query(second.url, 'SELECT answer FROM recovered')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('takes connections on loopback only, and only with its password', async () => {
    const server = await attachEmbeddedServer({ dataDir });
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await server.close();
  });

  test('is used with a role that reads and writes rows, and nothing else', async () => {
    const logger = createLogger('test', 'silent');
    // The folder is of a version that used it as the superuser: the rows that are there must stay in reach.
    const before = await attachEmbeddedServer({ dataDir });
    await migrate(before.url);
    await query(before.url, `INSERT INTO accounts (name) VALUES ('from before')`);
    const open = () => openServers({ DATA_DIR: dataDir, REDIS_PREFIX: '{trackly}' }, logger);
    const [first, second, third] = await Promise.all([open(), open(), open()]);
    await before.close();

    const { databaseUrl } = first;
    expect([second.databaseUrl, third.databaseUrl]).toEqual([databaseUrl, databaseUrl]);
    expect(await query(databaseUrl, `UPDATE accounts SET name = 'now' RETURNING name`)).toEqual([{ name: 'now' }]);
    for (const forbidden of [
      `COPY accounts TO PROGRAM 'true'`,
      `SELECT pg_read_file('trackly.password')`,
      'SELECT * FROM pg_authid',
      'DROP TABLE accounts',
      'CREATE TABLE public.mine (value text)',
      'CREATE TABLE bullmq.mine (value text)',
      'ALTER ROLE trackly_processes SUPERUSER',
      'SET ROLE trackly',
    ]) {
      await expect(query(databaseUrl, forbidden)).rejects.toThrow(/permission denied|must be owner/);
    }
    await Promise.all([first, second, third].map((servers) => servers.close()));
    expect(postmasterPid()).toBeUndefined();

    const again = await open();
    await again.close();
  });
});
