import { randomBytes, randomInt } from 'node:crypto';
import { chown, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import path from 'node:path';

import type { ServerPrograms } from './binaries.ts';

const USER = 'trackly';
const DATABASE = 'trackly';
const PASSWORD_FILE = 'trackly.password';
const LOG_FILE = 'server.log';

const WAIT = ['--wait', '--timeout=60', '--silent'];

/** Settings for many small transactions on a machine that the server shares with API and workers. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
  shared_buffers: `${sharedBuffersMb()}MB`,
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_compression: 'pglz',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum_naptime: '10s',
};

/** An eighth of the machine's memory, up to a gigabyte, which is enough for the contacts and messages of an embedded server. */
function sharedBuffersMb(): number {
  return Math.min(Math.max(Math.round(totalmem() / 8 / 1024 ** 2), 128), 1_024);
}

/** A PostgreSQL data directory, and its server if one is running. */
export interface Cluster {
  directory: string;
  programs: ServerPrograms;
  settings?: Record<string, string>;
}

/**
 * Creates the data directory if it does not exist. If two processes do so, one wins and the other's work is dropped.
 */
export async function createCluster({ directory, programs }: Cluster): Promise<void> {
  if (await exists(directory)) return;
  const staging = await mkdtemp(`${directory}.new-`);
  const data = path.join(staging, 'data');
  const passwordFile = path.join(staging, 'password');
  try {
    const password = randomBytes(24).toString('base64url');
    await writeFile(passwordFile, password, { mode: 0o600 });
    await give(programs, [staging, passwordFile]);
    await programs.run('initdb', [
      `--pgdata=${data}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ]);
    await programs.run('postgres', ['--single', '-D', data, 'postgres'], `CREATE DATABASE ${DATABASE}\n`);
    await rename(passwordFile, path.join(data, PASSWORD_FILE));
    await rename(data, directory);
  } catch (error) {
    if (!(await exists(directory))) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Starts the server on a free port, and waits until it answers. Rejects if a server is running on the directory. */
export async function startServer({ directory, programs, settings }: Cluster): Promise<void> {
  const all = { ...SETTINGS, port: String(await freePort()), ...settings };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  const log = path.join(directory, LOG_FILE);
  await programs.run('pg_ctl', ['start', `--pgdata=${directory}`, `--log=${log}`, ...WAIT, '-o', flags.join(' ')]);
}

/** Stops the server. Running transactions are rolled back; committed ones are on disk. */
export async function stopServer({ directory, programs }: Cluster): Promise<void> {
  await programs.run('pg_ctl', ['stop', `--pgdata=${directory}`, '--mode=fast', ...WAIT]);
}

/** The URL of the last server on the directory; undefined if there was none, or it was stopped in good order. */
export async function readServerUrl({ directory }: Cluster): Promise<string | undefined> {
  const postmaster = await readFile(path.join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const port = postmaster.split('\n')[3];
  if (!port) return undefined;
  const password = await readFile(path.join(directory, PASSWORD_FILE), 'utf8');
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

async function give({ owner }: ServerPrograms, files: string[]): Promise<void> {
  if (owner) await Promise.all(files.map((file) => chown(file, owner.uid, owner.gid)));
}

function exists(directory: string): Promise<boolean> {
  return readFile(path.join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** Systems give ports from 32,768 on to connections that go out, and one of those could take the port meanwhile. */
const [FIRST_PORT, END_OF_PORTS] = [10_000, 32_768];
const MOST_TRIES = 100;

/**
 * Finds a TCP port on loopback that is free at the moment.
 *
 * @throws Error if none of many is
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = randomInt(FIRST_PORT, END_OF_PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port was found.');
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
}
