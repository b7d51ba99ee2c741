import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { findServerPrograms } from './binaries.ts';
import { createCluster, readServerUrl, startServer, stopServer, type Cluster } from './cluster.ts';

const ATTACH_TIMEOUT_MS = 90_000;
const RETRY_MS = 100;

/** An advisory lock that every process holds, shared, for as long as it uses the server. */
const LEASE_LOCK = 7_265_738;

export interface EmbeddedServer {
  /** A PostgreSQL URL. */
  url: string;
  /** Gives the lease back; whoever is the last to do so stops the server. */
  close(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** The folder for the server's files. */
  dataDir: string;
  /** PostgreSQL settings that go before our own. */
  settings?: Record<string, string>;
}

/**
 * Joins the embedded PostgreSQL server of a data folder; creates and starts it when it is not running, as after a
 * crash. Every process that uses it holds a lease, a shared lock on a connection of its own, which a killed process
 * loses too. The last one to leave stops the server.
 *
 * @throws when the server cannot be started within 90 seconds
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
      // Another process may be starting it, or it is still shutting down: the next round will tell.
      cause = notStarted;
      await delay(RETRY_MS);
    }
  }
  throw new Error(`The embedded PostgreSQL did not start: see ${directory}/server.log.`, { cause });
}

/** Rejects while no server answers, or when it is just being stopped. */
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

/** A lease ends with its server. Whoever uses the server notices on connections that matter more. */
function ignoreLostConnection(): void {}
