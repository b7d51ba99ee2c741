import { isDriverAdapterError } from '@prisma/driver-adapter-utils';

import { Prisma } from './generated/client.ts';

/** What became of a statement that failed, and so what its caller may do about it. */
export type DatabaseErrorKind =
  /** It never reached the server. */
  | 'unreachable'
  /** The connection was lost on the way: it may have taken effect, or not. */
  | 'uncertain'
  /** It was rolled back, by trouble that passes: a deadlock, a time limit, a failover, a full disk. */
  | 'rolled_back'
  /** It was rolled back, because of the values that it was given. */
  | 'data'
  /** It was rolled back, and nobody foresaw why. */
  | 'unexpected';

const texts: Record<DatabaseErrorKind, string> = {
  unreachable: 'PostgreSQL cannot be reached: check DATABASE_URL, and that the server runs.',
  uncertain: 'The connection to PostgreSQL was lost during a statement.',
  rolled_back: 'PostgreSQL could not carry out a statement now.',
  data: 'PostgreSQL refused the values of a statement.',
  unexpected: 'PostgreSQL refused a statement.',
};

/**
 * A failed statement, without PostgreSQL's own text: that quotes values, and this error goes to logs and into the
 * queue. PostgreSQL's log has the rest.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html; undefined when no server answered. */
  readonly sqlState: string | undefined;

  constructor(kind: DatabaseErrorKind, sqlState?: string) {
    super(sqlState ? `${texts[kind]} (SQLSTATE ${sqlState})` : texts[kind]);
    this.kind = kind;
    this.sqlState = sqlState;
  }

  /** Whether the same statement may succeed later, with nothing changed. */
  get isTransient(): boolean {
    return this.kind === 'unreachable' || this.kind === 'uncertain' || this.kind === 'rolled_back';
  }
}

/** Turns what Prisma or the driver has thrown into a {@link DatabaseError}; what is not about PostgreSQL stays as it is. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const driverError = error.meta?.['driverAdapterError'];
    if (!driverError) return PRISMA_CODE.test(error.code) ? error : brokenConnection(error);
    if (!isDriverAdapterError(driverError)) return error;
    const { originalCode, kind } = driverError.cause;
    if (originalCode) return new DatabaseError(kindOfSqlState(originalCode), originalCode);
    return new DatabaseError(NOT_CONNECTED.has(kind) ? 'unreachable' : 'uncertain');
  }
  if (error instanceof Error && DRIVER_ERROR.test(error.name)) return brokenConnection(error);
  return error;
}

function brokenConnection({ message }: Error): DatabaseError {
  return new DatabaseError(CONNECT_FAILED.test(message) ? 'unreachable' : 'uncertain');
}

/** What Prisma calls it when there was no connection to begin with. */
const NOT_CONNECTED = new Set(['DatabaseNotReachable', 'TlsConnectionError']);

/** What of Node's and OpenSSL's errors Prisma does not know, it hands on as its own, with their code: "EPIPE". */
const PRISMA_CODE = /^P\d{4}$/;

/** The driver's own errors are plain ones, without a code. */
const DRIVER_ERROR = /^(Aggregate)?Error$/;
const CONNECT_FAILED =
  /timeout exceeded when trying to connect|connection timeout|(connect|getaddrinfo) E[A-Z_]+|before secure TLS connection/;

/** The first that fits counts. */
const sqlStates: readonly [RegExp, DatabaseErrorKind][] = [
  // No such user or database, too many connections, starting up: all said before a statement is taken.
  [/^(28|3D|533|57P03)/, 'unreachable'],
  // The connection broke, or its server is going down.
  [/^(08|40003|57P)/, 'uncertain'],
  // Read-only and idle too long; rollbacks, resources, locks, cancellation, the system below.
  [/^(25006|25P|40|53|55|57|58)/, 'rolled_back'],
  // Cardinality, data exceptions, constraints, limits.
  [/^(21|22|23|54)/, 'data'],
];

function kindOfSqlState(sqlState: string): DatabaseErrorKind {
  return sqlStates.find(([pattern]) => pattern.test(sqlState))?.[1] ?? 'unexpected';
}
