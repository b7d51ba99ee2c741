import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import pg from 'pg';

import { findServerPrograms } from '../../../packages/runtime/src/embedded/binaries.ts';
import { createCluster } from '../../../packages/runtime/src/embedded/cluster.ts';
import { startPostgres } from '../../lab/postgres.ts';
import { openTcpProxy } from '../../lab/proxy.ts';
import { until } from '../../lab/until.ts';
import { administer } from '../../support/template-database.ts';
import { startRedisFor } from '../support/redis.ts';
import type { Topology } from '../topology.ts';

const run = promisify(execFile);

const STANDBY = 'standby';

export const postgresFailover: Topology = failover('postgres-failover', 'the queue in it as well', false);
export const postgresFailoverRedis: Topology = failover('postgres-failover-redis', 'the queue in Redis', true);

/** Nothing counts as committed that the standby does not have: what was answered is true after the failover. */
function failover(name: string, queue: string, withRedis: boolean): Topology {
  return {
    name,
    about: `PostgreSQL with a synchronous standby, ${queue}; the primary is killed and the standby promoted`,
    programs: withRedis ? ['redis-server'] : [],

    async start({ folder, cleanup, signal }) {
      const [primaryFolder, standbyFolder] = await createTwins(folder);
      const primary = cleanup.use(
        await startPostgres(primaryFolder, { settings: { synchronous_standby_names: STANDBY } }),
      );
      const { port, username, password } = new URL(primary.serverUrl);
      const connection = `host=127.0.0.1 port=${port} user=${username} password=${password} application_name=${STANDBY}`;
      const standby = cleanup.use(await startPostgres(standbyFolder, { settings: { primary_conninfo: connection } }));
      await until(() => isInStep(primary.serverUrl), {
        what: 'the primary waits for the standby',
        signal,
      });

      const proxy = cleanup.use(await openTcpProxy(primary.port));
      const url = new URL(primary.serverUrl);
      url.port = `${proxy.port}`;
      const redis = withRedis ? await startRedisFor(cleanup, folder) : undefined;
      return {
        databaseUrl: url.href,
        settings: { DATABASE_URL: url.href, ...(redis && { REDIS_URL: `redis://127.0.0.1:${redis.port}` }) },
        secrets: [password],
        serverLogs: [primary.logFile, standby.logFile],
        trouble: {
          what: 'the primary was killed, and the standby promoted',
          kill: () => primary.kill(),
          async repair() {
            await administer(standby.serverUrl, 'SELECT pg_promote()');
            proxy.leadTo(standby.port);
          },
        },
      };
    },
  };
}

async function isInStep(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`);
    return rows.length > 0;
  } finally {
    await client.end();
  }
}

/** Two folders with the same database: what makes the second a standby is a file. */
async function createTwins(folder: string): Promise<[primary: string, standby: string]> {
  const primary = path.join(folder, 'primary');
  const standby = path.join(folder, 'standby');
  await Promise.all([mkdir(primary), mkdir(standby)]);
  const directory = path.join(primary, 'postgres');
  await createCluster({ directory, programs: await findServerPrograms(folder) });
  await run('cp', ['--archive', directory, standby]);
  // Any file of that name will do, as long as its owner is the server's.
  await run('cp', ['--archive', path.join(directory, 'PG_VERSION'), path.join(standby, 'postgres', 'standby.signal')]);
  return [primary, standby];
}
