import type { PostgresServer } from '../../lab/postgres.ts';
import { administer } from '../../support/template-database.ts';
import type { Trouble } from '../topology.ts';

/** Creates a database without tables. @returns its URL */
export async function createEmptyDatabase(postgres: PostgresServer, name: string): Promise<string> {
  await administer(postgres.serverUrl, `CREATE DATABASE ${name}`);
  return postgres.url(name);
}

/** PostgreSQL crashes, and its operators start it again. */
export function postgresCrash(postgres: PostgresServer): Trouble {
  return {
    what: 'PostgreSQL was crashed and started again',
    kill: () => postgres.crash(),
    repair: () => postgres.start(),
  };
}
