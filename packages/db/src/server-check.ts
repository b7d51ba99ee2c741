import { STATEMENT_MS } from '@trackly/contract';
import pg from 'pg';

const OLDEST_MAJOR = 15;

const CONNECT_TIMEOUT_MS = 5_000;

/** PgBouncer's, for settings that it does not know. */
const PROTOCOL_VIOLATION = '08P01';
const UNSUPPORTED_SETTING = /unsupported startup parameter/;

/** What stands behind a PostgreSQL URL. */
export interface PostgresCheck {
  /** Whether there is a pooler in between, as PgBouncer: what a connection asks for is then not what it gets. */
  isPooled: boolean;
  /** What an operator should set otherwise: sentences. */
  advice: string[];
}

/**
 * Asks PostgreSQL how it wants to be used.
 *
 * @throws saying so, when it is too old
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

/** No round number, so that nobody else has set it. */
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
  // A connection that breaks rejects the query under way; without a listener it would end the process, too.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * @param version as PostgreSQL numbers itself: 150004 is 15.4
 * @throws when it is too old
 */
export function assertNewEnough(version: number): void {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST_MAJOR) return;
  throw new Error(`PostgreSQL ${major} is too old: DATABASE_URL must name PostgreSQL ${OLDEST_MAJOR} or newer.`);
}

/** @param limitMs the time limit of statements that is in force; 0: none */
export function adviseOnLimit(limitMs: number, user: string): string[] {
  if (limitMs > 0 && limitMs <= STATEMENT_MS) return [];
  const command = `ALTER ROLE ${pg.escapeIdentifier(user)} SET statement_timeout = '${STATEMENT_MS / 1000}s'`;
  return [`The pooler before PostgreSQL does not pass on our time limit for statements: run ${command}.`];
}
