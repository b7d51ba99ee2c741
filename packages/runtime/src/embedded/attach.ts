import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { findServerPrograms } from './binaries.ts';
import { createCluster, readServerUrl, startServer, stopServer, type Cluster } from './cluster.ts';

const ATTACH_TIMEOUT_MS = 90_000;
const RETRY_MS = 100;

/** The shared advisory lock that every process holds as long as it uses the server. */
const LEASE_LOCK = 7_265_738;

export interface EmbeddedServer {
  /** A PostgreSQL URL. */
  url: string;
  /** Gives the lease back. The last process to do so stops the server. */
  close(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** The folder for the server's files. */
  dataDir: string;
  /** PostgreSQL settings that override the default ones. */
  settings?: Record<string, string>;
}

/**
 * Joins the embedded PostgreSQL server of a data folder. Creates and starts the server if it is not running. Every
 * process that uses the server holds a lease: a shared lock on its own connection, which a killed process loses, too.
 * The last process to leave stops the server.
 *
 * @throws Error if the server does not start within 90 seconds
 */
export async function attachEmbeddedServer({ dataDir, settings = {} }: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const directory = path.resolve(dataDir, 'postgres');
  const programs = await findServerPrograms(path.dirname(directory));
  const cluster: Cluster = { directory, programs, settings };
  await createCluster(cluster);

  const deadline = Date.now() + ATTACH_TIMEOUT_MS;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      return await joinRunningServer(cluster);
    } catch (notRunning) {
      cause ??= notRunning;
    }
    try {
      await startServer(cluster);
    } catch (notStarted) {
      // Another process may be starting the server, or it is still shutting down: try again in the next round.
      cause = notStarted;
      await delay(RETRY_MS);
    }
  }
  throw new Error(`The embedded PostgreSQL did not start: see ${directory}/server.log.`, { cause });
}

/** Rejects if no server answers, or the server is being stopped. */
async function joinRunningServer(cluster: Cluster): Promise<EmbeddedServer> {
  const url = await readServerUrl(cluster);
  if (!url) throw new Error('No server is running.');

  const lease = new pg.Client({ connectionString: url, application_name: 'trackly-lease', keepAlive: true });
  lease.on('error', ignoreLostConnection);
  try {
    await lease.connect();
    await lease.query('SELECT pg_advisory_lock_shared($1)', [LEASE_LOCK]);
  } catch (error) {
    await lease.end().catch(ignoreLostConnection);
    throw error;
  }
  return { url, close: () => giveBack(lease, cluster) };
}

async function giveBack(lease: pg.Client, cluster: Cluster): Promise<void> {
  try {
    await lease.query('SELECT pg_advisory_unlock_shared($1)', [LEASE_LOCK]);
    const { rows } = await lease.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [LEASE_LOCK]);
    if (rows[0]?.last) await stopServer(cluster);
  } catch (error) {
    if (await readServerUrl(cluster)) throw error;
  } finally {
    await lease.end().catch(ignoreLostConnection);
  }
}

/** Ignores the loss of the lease's connection: users of the server notice its end on their own connections. */
function ignoreLostConnection(): void {}
