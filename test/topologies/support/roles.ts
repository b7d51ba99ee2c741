import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { applyRoles } from '@trackly/db';

import { administer } from '../../support/template-database.ts';

const run = promisify(execFile);

const SCRIPT = fileURLToPath(new URL('../../../deploy/postgresql/roles.sql', import.meta.url));

/** Names that must be quoted. */
const OWNER = 'Owner of "tables"';
const PROCESSES = "Processes' role";

/** Runs the script: it owns the database and may make roles, but is no superuser, as with most providers. */
const ADMINISTRATOR = 'administrator_of_roles';

/** The two roles of a database. */
export interface MadeRoles {
  ownerUrl: string;
  processesUrl: string;
  passwords: string[];
}

/**
 * Makes the two roles for a database without tables.
 *
 * @param url of the database, as an administrator
 * @param psql runs deploy/postgresql/roles.sql; absent: as the embedded server does it, without psql
 */
export async function makeRoles(url: string, psql?: string): Promise<MadeRoles> {
  const [owner, processes] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const administrator = asRole(url, ADMINISTRATOR, randomBytes(16).toString('hex'));
  const { password, pathname } = new URL(administrator);
  await administer(url, `CREATE ROLE ${ADMINISTRATOR} LOGIN CREATEROLE PASSWORD '${password}'`);
  await administer(url, `ALTER DATABASE ${pathname.slice(1)} OWNER TO ${ADMINISTRATOR}`);
  // Twice, for it can be run at any time.
  for (let times = 0; times < 2; times += 1) {
    if (psql) {
      const roles = { owner: OWNER, processes: PROCESSES, processes_password: processes };
      const variables = Object.entries(roles).map(([name, value]) => `--set=${name}=${value}`);
      await run(psql, [...variables, `--file=${SCRIPT}`, administrator]);
    } else {
      await applyRoles(administrator, { owner: OWNER, processes: PROCESSES, password: processes });
    }
  }
  await administer(url, `ALTER ROLE "Owner of ""tables""" PASSWORD '${owner}'`);
  return {
    ownerUrl: asRole(url, OWNER, owner),
    processesUrl: asRole(url, PROCESSES, processes),
    passwords: [owner, processes],
  };
}

function asRole(url: string, role: string, password: string): string {
  const result = new URL(url);
  result.username = encodeURIComponent(role);
  result.password = password;
  return result.href;
}
