import { PrismaPg } from '@prisma/adapter-pg';
import { ANSWER_GRACE_MS } from '@trackly/contract';
import pg from 'pg';

import { toDatabaseError } from './database-error.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { preparedName } from './prepared-name.ts';
import { inStatementSpan } from './statement-span.ts';

export interface DatabaseOptions {
  /** A PostgreSQL URL. */
  url: string;
  /** Connections at most. */
  poolSize: number;
  /** What the server shows for these connections in pg_stat_activity. */
  applicationName: string;
  /** Milliseconds to wait for a connection, be it a new one or one of the pool that others use. Default: 2,000. */
  connectTimeoutMs?: number;
  /** Milliseconds that a statement may take; without a limit when absent. */
  statementTimeoutMs?: number;
  /** Whether a pooler stands in between, which refuses settings: then the server itself must know the limit. */
  isPooled?: boolean;
  /** Whether statements are planned each time for their values, instead of being kept prepared. */
  isPlannedAnew?: boolean;
}

/** How many connections of a pool do what. */
export interface PoolUse {
  busy: number;
  idle: number;
  /** Statements that wait for a connection. */
  waiting: number;
}

const CONNECT_TIMEOUT_MS = 2_000;

/** Milliseconds after which a silent connection is asked for a sign of life. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Opens a pool of connections, on first use; `$disconnect()` closes it, `poolUse()` tells how busy it is. Failed
 * statements throw DatabaseError.
 */
export function openDatabase(options: DatabaseOptions) {
  const { url, poolSize, applicationName, statementTimeoutMs, isPooled = false, isPlannedAnew = false } = options;
  const { connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(statementTimeoutMs && !isPooled && { statement_timeout: statementTimeoutMs }),
    ...(statementTimeoutMs && { query_timeout: statementTimeoutMs + ANSWER_GRACE_MS }),
  });
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    // A pooler may hand each of our statements to another connection.
    ...(!isPooled && !isPlannedAnew && { statementNameGenerator: ({ sql }) => preparedName(sql) }),
  });
  return new PrismaClient({ adapter }).$extends({
    client: {
      poolUse: (): PoolUse => ({
        busy: pool.totalCount - pool.idleCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      }),
    },
    query: {
      async $allOperations({ args, query }) {
        const text = args instanceof Prisma.Sql ? (args.strings[0] ?? '') : '';
        return inStatementSpan(text, async () => {
          try {
            return await query(args);
          } catch (error) {
            throw toDatabaseError(error);
          }
        });
      },
    },
  });
}

export type Database = ReturnType<typeof openDatabase>;
