import { hash } from 'node:crypto';

/** Our statements begin with their name in a comment; those that Prisma generates do not. */
const OURS = /^\s*\/\*/;

/** Statements grow with the number of chunks. Longer ones are rare, and every connection would keep each of them. */
const LONGEST = 10_000;

/**
 * Returns the name under which a connection prepares a statement, so that PostgreSQL parses and plans it once; empty if
 * the statement should not be prepared.
 */
export function preparedName(sql: string): string {
  return sql.length <= LONGEST && OURS.test(sql) ? hash('sha1', sql) : '';
}
