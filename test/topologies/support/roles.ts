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
  // Twice, for it can be run at any time.
  for (let times = 0; times < 2; times += 1) {
    if (psql) {
      await run(psql, [`--set=owner=${OWNER}`, `--set=processes=${PROCESSES}`, `--file=${SCRIPT}`, url]);
    } else {
      await applyRoles(url, { owner: OWNER, processes: PROCESSES, password: processes });
    }
  }
  await administer(url, `ALTER ROLE "Owner of ""tables""" PASSWORD '${owner}'`);
  await administer(url, `ALTER ROLE "Processes' role" PASSWORD '${processes}'`);
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
