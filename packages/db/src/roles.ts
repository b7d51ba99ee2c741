import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

const SCRIPT = fileURLToPath(new URL('../../../deploy/postgresql/roles.sql', import.meta.url));

export interface Roles {
  /** The role that owns the tables. */
  owner: string;
  /** The role of the processes; made if it does not exist. */
  processes: string;
  /** The password that the role of the processes gets. */
  password: string;
}

/**
 * Runs deploy/postgresql/roles.sql as psql would.
 *
 * @param url of the database, as an administrator of the server
 */
export async function applyRoles(url: string, { owner, processes, password }: Roles): Promise<void> {
  const script = await readFile(SCRIPT, 'utf8');
  const client = new pg.Client({ connectionString: url, application_name: 'trackly-roles' });
  await client.connect();
  try {
    const variables = { owner, processes, processes_password: password, DBNAME: client.database ?? '' };
    await client.query(withoutPsql(script, variables));
  } finally {
    await client.end();
  }
}

/** Removes psql's own commands from a script, and fills in its variables. */
function withoutPsql(script: string, variables: Readonly<Record<string, string>>): string {
  const ownCommand = /^\s*\\.*$/gm;
  const variable = /:(["'])(\w+)\1/g;
  return script.replaceAll(ownCommand, '').replaceAll(variable, (_, quote: string, name: string) => {
    const value = variables[name] ?? '';
    return quote === '"' ? pg.escapeIdentifier(value) : pg.escapeLiteral(value);
  });
}
