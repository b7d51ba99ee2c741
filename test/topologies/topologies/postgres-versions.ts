import { startPostgres } from '../../lab/postgres.ts';
import { createEmptyDatabase, postgresCrash } from '../support/databases.ts';
import { makeRoles } from '../support/roles.ts';
import type { Topology } from '../topology.ts';

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

/** The oldest PostgreSQL that the product runs on, as Debian packs it, with psql. */
export const postgres15: Topology = postgresFrom('postgres-15', 'PostgreSQL 15', DEBIAN_15);

/** The newest: the one that npm installs. */
export const postgres18: Topology = postgresFrom('postgres-18', 'PostgreSQL 18');

function postgresFrom(name: string, version: string, binaries?: string): Topology {
  return {
    name,
    about: `${version}, the queue in it as well, with the two roles of deploy/postgresql/roles.sql`,
    programs: binaries ? [`${binaries}/postgres`, `${binaries}/psql`] : [],

    async start({ folder, cleanup }) {
      const postgres = cleanup.use(await startPostgres(folder, { binaries }));
      const databaseUrl = await createEmptyDatabase(postgres, 'of_two_roles');
      const roles = await makeRoles(databaseUrl, binaries && `${binaries}/psql`);
      return {
        databaseUrl,
        settings: { DATABASE_URL: roles.processesUrl },
        migrateSettings: { DATABASE_URL: roles.ownerUrl },
        secrets: roles.passwords,
        serverLogs: [postgres.logFile],
        trouble: postgresCrash(postgres),
      };
    },
  };
}
