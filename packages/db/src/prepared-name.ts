import { hash } from 'node:crypto';

/** Our statements begin with their name in a comment; what Prisma makes up does not. */
const OURS = /^\s*\/\*/;

/** A statement grows with the chunks of an import. Only usual ones are kept, for each connection keeps them all. */
const LONGEST = 10_000;

/**
 * The name under which a connection keeps a statement, so that PostgreSQL reads and plans it once; empty for those that
 * are not worth keeping.
 */
export function preparedName(sql: string): string {
  return sql.length <= LONGEST && OURS.test(sql) ? hash('sha1', sql) : '';
}
