import { startPostgres } from '../../lab/postgres.ts';
import { postgresCrash } from '../support/databases.ts';
import type { Topology } from '../topology.ts';

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

/** The oldest PostgreSQL that the product runs on, as Debian packs it. */
export const postgres15: Topology = postgresFrom('postgres-15', 'PostgreSQL 15', DEBIAN_15);

/** The newest: the one that npm installs. */
export const postgres18: Topology = postgresFrom('postgres-18', 'PostgreSQL 18');

function postgresFrom(name: string, version: string, binaries?: string): Topology {
  return {
    name,
    about: `${version}, the queue in it as well`,
    programs: binaries ? [`${binaries}/postgres`] : [],

    async start({ folder, cleanup }) {
      const postgres = cleanup.use(await startPostgres(folder, { binaries }));
      return {
        databaseUrl: postgres.serverUrl,
        settings: { DATABASE_URL: postgres.serverUrl },
        secrets: [new URL(postgres.serverUrl).password],
        serverLogs: [postgres.logFile],
        trouble: postgresCrash(postgres),
      };
    },
  };
}
