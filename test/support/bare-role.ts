import { randomUUID } from 'node:crypto';

import { findMissingRights, openDatabase } from '@trackly/db';

import type { TestDatabase } from './database.ts';
import { PATIENT } from './limits.ts';

/** A role that has, on a database, what it was given and nothing else. Disposing of it drops it. */
export interface BareRole extends AsyncDisposable {
  name: string;
  /** Of the database, with this role. */
  url: string;
  /** What processes need, and this role lacks: each a right and what it is on. */
  missing(queueSchema: string | undefined): Promise<string[]>;
  /** Gives it a right, as {@link missing} names them, or takes it. */
  give(right: string): Promise<void>;
  take(right: string): Promise<void>;
}

/** What everybody may do on a new database, roles without any right as well. */
const FROM_EVERYBODY = [
  'CONNECT, TEMPORARY ON DATABASE :database',
  'USAGE ON SCHEMA public',
  'EXECUTE ON ALL FUNCTIONS IN SCHEMA public, bullmq',
];

/** Makes a role that may only connect, and takes from everybody what PostgreSQL gives everybody. */
export async function createBareRole({ url: ownerUrl, sql }: TestDatabase): Promise<BareRole> {
  const name = `bare_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(ownerUrl);
  const database = url.pathname.slice(1);
  for (const rights of FROM_EVERYBODY) await sql.query(`REVOKE ${rights.replace(':database', database)} FROM PUBLIC`);
  url.username = name;
  await sql.query(
    `CREATE ROLE ${name} LOGIN PASSWORD '${url.password}'; GRANT CONNECT ON DATABASE ${database} TO ${name}`,
  );
  const db = openDatabase({ url: url.href, poolSize: 1, applicationName: 'test', ...PATIENT });
  return {
    name,
    url: url.href,
    missing: async (queueSchema) => (await findMissingRights(db, queueSchema)).rights,
    give: async (right) => void (await sql.query(`GRANT ${right} TO ${name}`)),
    take: async (right) => void (await sql.query(`REVOKE ${right} FROM ${name}`)),
    async [Symbol.asyncDispose]() {
      await db.$disconnect();
      await sql.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
    },
  };
}

/** Gives a role all that processes check at their start. @returns the rights */
export async function giveWhatIsMissing(role: BareRole, queueSchema: string | undefined): Promise<string[]> {
  const given: string[] = [];
  // The rights on what is in a schema are known once it may be used.
  for (;;) {
    const missing = await role.missing(queueSchema);
    if (missing.length === 0) return given;
    for (const right of missing) await role.give(right);
    given.push(...missing);
  }
}
