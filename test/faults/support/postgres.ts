import path from 'node:path';

import { freePort } from '@trackly/runtime';

import { findServerPrograms } from '../../../packages/runtime/src/embedded/binaries.ts';
import {
  createCluster,
  readServerUrl,
  startServer,
  type Cluster,
} from '../../../packages/runtime/src/embedded/cluster.ts';
import { administer, TEMPLATE_DATABASE, urlOfDatabase } from '../../support/template-database.ts';

const START_ATTEMPTS = 3;

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
  /** Starts it on its port, if it is not running: it recovers by itself. */
  start(): Promise<void>;
  /** As a copy of the template. */
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
}

/** Starts a server with its files in the given folder. */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  const directory = path.join(folder, 'postgres');
  const programs = await findServerPrograms(folder);
  await createCluster({ directory, programs });

  const cluster = await startOnFreePort({ directory, programs });
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
    async start() {
      if (running) return;
      await startServer(cluster);
      running = true;
    },
    createDatabase: (name) => administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`),
    dropDatabase: (name) => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    [Symbol.asyncDispose]: () => stop('immediate'),
  };
}

/** Settles on a port for good, so that clients find the server again. Another process can take one that was free. */
async function startOnFreePort(cluster: Cluster): Promise<Cluster> {
  for (let attempt = 1; ; attempt += 1) {
    // Everything else as the product runs it: above all, what is committed is on disk.
    const settled = { ...cluster, settings: { port: String(await freePort()) } };
    try {
      await startServer(settled);
      return settled;
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}
