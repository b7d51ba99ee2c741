import { STATEMENT_MS } from '@trackly/contract';
import pg from 'pg';

import { describeMissingRights } from './rights.ts';

const OLDEST_MAJOR = 15;

const CONNECT_TIMEOUT_MS = 5_000;

/** PgBouncer's SQLSTATE for settings that it does not know. */
const PROTOCOL_VIOLATION = '08P01';
const UNSUPPORTED_SETTING = /unsupported startup parameter/;

/** PostgreSQL's SQLSTATE for a right that is missing: here, to connect to the database. */
const INSUFFICIENT_PRIVILEGE = '42501';

/** What was found behind a PostgreSQL URL. */
export interface PostgresCheck {
  /** Whether a pooler such as PgBouncer is in between, which does not pass on the settings of connections. */
  isPooled: boolean;
  /** Sentences about what an operator should change. */
  advice: string[];
}

/**
 * Checks version and settings of PostgreSQL, and whether there is a pooler in between.
 *
 * @throws Error if PostgreSQL is too old, or the role may not connect to the database
 */
export async function checkPostgres(url: string): Promise<PostgresCheck> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ version: number; limit_ms: number; user: string }>(
      `SELECT
         current_setting('server_version_num')::integer AS version,
         (SELECT setting::integer FROM pg_settings WHERE name = 'statement_timeout') AS limit_ms,
         current_user AS user`,
    );
    const { version = 0, limit_ms = 0, user = '' } = rows[0] ?? {};
    assertNewEnough(version);
    return { isPooled: limit_ms !== ASKED_FOR_MS, advice: adviseOnLimit(limit_ms, user) };
  } finally {
    await client.end();
  }
}

/** Not a round number, so that certainly nobody else has set it. */
const ASKED_FOR_MS = STATEMENT_MS - 1;

async function connect(url: string): Promise<pg.Client> {
  const options = {
    connectionString: url,
    application_name: 'trackly-check',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  try {
    return await opened(new pg.Client({ ...options, statement_timeout: ASKED_FOR_MS }));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== PROTOCOL_VIOLATION) throw error;
    if (!UNSUPPORTED_SETTING.test(error.message)) throw error;
    return opened(new pg.Client(options));
  }
}

async function opened(client: pg.Client): Promise<pg.Client> {
  // A broken connection rejects the query under way. Without a listener, it would also end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
    const rights = [`CONNECT on database ${client.database}`];
    throw new Error(describeMissingRights({ role: client.user ?? '', rights }), { cause: error });
  }
}

/**
 * @param version the number of the version: 150004 is 15.4
 * @throws Error if the version is too old
 */
export function assertNewEnough(version: number): void {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST_MAJOR) return;
  throw new Error(`PostgreSQL ${major} is too old: DATABASE_URL must name PostgreSQL ${OLDEST_MAJOR} or newer.`);
}

/** @param limitMs the statement timeout in force, in milliseconds; 0: none */
export function adviseOnLimit(limitMs: number, user: string): string[] {
  if (limitMs > 0 && limitMs <= STATEMENT_MS) return [];
  const command = `ALTER ROLE ${pg.escapeIdentifier(user)} SET statement_timeout = '${STATEMENT_MS / 1000}s'`;
  return [`The pooler in front of PostgreSQL does not pass on our statement timeout: run ${command}.`];
}
