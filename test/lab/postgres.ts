import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { freePort } from '@trackly/runtime';

import { findServerPrograms } from '../../packages/runtime/src/embedded/binaries.ts';
import {
  createCluster,
  readServerUrl,
  startServer,
  type Cluster,
} from '../../packages/runtime/src/embedded/cluster.ts';
import { administer, copyDatabase, urlOfDatabase } from '../support/template-database.ts';

const run = promisify(execFile);

const START_ATTEMPTS = 3;

/** Of postmaster.pid, counted from 0: a key and an id. */
const SHARED_MEMORY_LINE = 6;

/** A PostgreSQL server that keeps what it has committed, and that can be crashed. Disposing of it stops it. */
export interface PostgresServer extends AsyncDisposable {
  /** As an administrator, past all proxies. */
  serverUrl: string;
  /** Of a database on it, in the same way. */
  url(database: string): string;
  port: number;
  logFile: string;
  /** Stops it as a crash would: nothing is finished, nothing is flushed. */
  crash(): Promise<void>;
  /** Kills it with -9. */
  kill(): Promise<void>;
  /** Starts it on its port, if it is not running: it recovers by itself. */
  start(): Promise<void>;
  /** As a copy of the template. */
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
}

export interface PostgresOptions {
  /** The folder of its programs. Default: those that npm installed. */
  binaries?: string | undefined;
  /** Settings that go before those that the product runs it with. */
  settings?: Record<string, string>;
}

/** Starts a server with its files in the given folder. */
export async function startPostgres(folder: string, options: PostgresOptions = {}): Promise<PostgresServer> {
  const { binaries, settings = {} } = options;
  const directory = path.join(folder, 'postgres');
  const programs = await findServerPrograms(folder, binaries);
  await createCluster({ directory, programs });

  const cluster = await startOnFreePort({ directory, programs, settings });
  const serverUrl = await readServerUrl(cluster);
  if (!serverUrl) throw new Error('PostgreSQL has not started.');
  let running = true;

  async function stop(mode: 'fast' | 'immediate'): Promise<void> {
    if (!running) return;
    running = false;
    await programs.run('pg_ctl', ['stop', `--pgdata=${directory}`, `--mode=${mode}`, '--wait', '--silent']);
  }

  return {
    serverUrl,
    url: (database) => urlOfDatabase(serverUrl, database),
    port: Number(new URL(serverUrl).port),
    logFile: path.join(directory, 'server.log'),
    crash: () => stop('immediate'),
    async kill() {
      running = false;
      await killServer(directory);
    },
    async start() {
      if (running) return;
      await startServer(cluster);
      running = true;
    },
    createDatabase: (name) => copyDatabase(serverUrl, name),
    dropDatabase: (name) => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    [Symbol.asyncDispose]: () => stop('immediate'),
  };
}

/** Its children end by themselves. What it shared with them nobody else would remove, for it will not start again. */
async function killServer(directory: string): Promise<void> {
  const lines = (await readFile(path.join(directory, 'postmaster.pid'), 'utf8')).split('\n');
  const [, sharedMemory = ''] = lines[SHARED_MEMORY_LINE]?.trim().split(/\s+/) ?? [];
  process.kill(Number(lines[0]), 'SIGKILL');
  await run('ipcrm', ['--shmem-id', sharedMemory]);
}

/** Settles on a port for good, so that clients find the server again. Another process can take one that was free. */
async function startOnFreePort(cluster: Cluster): Promise<Cluster> {
  for (let attempt = 1; ; attempt += 1) {
    // Everything else as the product runs it: above all, what is committed is on disk.
    const settled = { ...cluster, settings: { ...cluster.settings, port: String(await freePort()) } };
    try {
      await startServer(settled);
      return settled;
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}
