import { isDriverAdapterError } from '@prisma/driver-adapter-utils';

import { Prisma } from './generated/client.ts';

/** The effect of a failed statement, which decides what its caller can do. */
export type DatabaseErrorKind =
  /** The statement never reached the server. */
  | 'unreachable'
  /** The connection was lost: the statement may have taken effect or not. */
  | 'uncertain'
  /** Rolled back for a temporary reason: a deadlock, a timeout, a failover, a full disk, a right that was taken. */
  | 'rolled_back'
  /** Rolled back because of its values. */
  | 'data'
  /** Rolled back for any other reason. */
  | 'unexpected';

const texts: Record<DatabaseErrorKind, string> = {
  unreachable: 'PostgreSQL cannot be reached: check DATABASE_URL, and that the server is running.',
  uncertain: 'The connection to PostgreSQL was lost during a statement.',
  rolled_back: 'PostgreSQL could not carry out a statement now.',
  data: 'PostgreSQL refused the values of a statement.',
  unexpected: 'PostgreSQL refused a statement.',
};

/**
 * A failed statement. Lacks PostgreSQL's own text, because that quotes values, and this error goes to logs and into the
 * queue. The text is in PostgreSQL's log.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html; undefined if no server answered. */
  readonly sqlState: string | undefined;

  constructor(kind: DatabaseErrorKind, sqlState?: string) {
    super(sqlState ? `${texts[kind]} (SQLSTATE ${sqlState})` : texts[kind]);
    this.kind = kind;
    this.sqlState = sqlState;
  }

  /** Whether the same statement may succeed later without any change. */
  get isTransient(): boolean {
    return this.kind === 'unreachable' || this.kind === 'uncertain' || this.kind === 'rolled_back';
  }
}

/** Converts an error of Prisma or the driver to a {@link DatabaseError}. Returns any other error unchanged. */
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

/** Prisma's names for a connection that was not established. */
const NOT_CONNECTED = new Set(['DatabaseNotReachable', 'TlsConnectionError']);

/**
 * Prisma's own codes. It passes unknown errors of Node and OpenSSL on as its own, with their codes, such as "EPIPE".
 */
const PRISMA_CODE = /^P\d{4}$/;

/** The driver throws plain errors without a code. */
const DRIVER_ERROR = /^(Aggregate)?Error$/;
const CONNECT_FAILED =
  /timeout exceeded when trying to connect|connection timeout|(connect|getaddrinfo) E[A-Z_]+|before secure TLS connection/;

/** The first match counts. */
const sqlStates: readonly [RegExp, DatabaseErrorKind][] = [
  // No such user or database, too many connections, starting up: reported before a statement is accepted.
  [/^(28|3D|533|57P03)/, 'unreachable'],
  // The connection broke, or the server is shutting down.
  [/^(08|40003|57P)/, 'uncertain'],
  // Read-only server, idle transaction, missing right; rollbacks, resources, locks, cancellation, system errors.
  [/^(25006|25P|42501|40|53|55|57|58)/, 'rolled_back'],
  // Cardinality, data exceptions, constraints, limits.
  [/^(21|22|23|54)/, 'data'],
];

function kindOfSqlState(sqlState: string): DatabaseErrorKind {
  return sqlStates.find(([pattern]) => pattern.test(sqlState))?.[1] ?? 'unexpected';
}
