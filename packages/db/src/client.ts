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
  /** Maximum number of connections. */
  poolSize: number;
  /** Name of the connections in pg_stat_activity. */
  applicationName: string;
  /** How long to wait for a connection, new or from the pool, in milliseconds. Default: 2,000. */
  connectTimeoutMs?: number;
  /** Timeout of statements in milliseconds; none if absent. */
  statementTimeoutMs?: number;
  /** Whether the URL leads to a pooler. Poolers refuse settings, so the timeout must be set on the server. */
  isPooled?: boolean;
  /** Whether to plan each statement for its values instead of preparing it. */
  isPlannedAnew?: boolean;
}

/** The numbers of connections of a pool by state. */
export interface PoolUse {
  busy: number;
  idle: number;
  /** Statements waiting for a connection. */
  waiting: number;
}

const CONNECT_TIMEOUT_MS = 2_000;

/** Idle time after which TCP keep-alive probes a connection, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Creates a pool that connects on first use. `$disconnect()` closes it, and `poolUse()` tells how busy it is. Failed
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
    // A pooler may run each statement on another connection, which lacks the prepared ones.
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
