/** A right on the rows of a table. To lock a row takes UPDATE. */
type RowRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** What statements do with tables, by table. */
export type TableRights = Readonly<Record<string, readonly RowRight[]>>;

/** What the statements of the engine do with tables. */
export const engineRights: TableRights = {
  _prisma_migrations: ['SELECT'],
  accounts: ['SELECT'],
  api_keys: ['SELECT', 'UPDATE'],
  imports: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  import_chunks: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  import_fingerprints: ['SELECT', 'INSERT', 'DELETE'],
  undo_chunks: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  account_usage: ['SELECT', 'INSERT', 'UPDATE'],
  sending_lists: ['SELECT', 'UPDATE'],
  leases: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
};

/** The functions that the statements of the engine call. */
export const engineFunctions: readonly string[] = ['find_earlier_import'];

/** Rights that the role of a process lacks. */
export interface MissingRights {
  role: string;
  /** Each a right and what it is on: `INSERT on imports`. The first is what to look at first. */
  rights: string[];
}

const SHOWN = 5;

/** Says in one line which rights are missing, and what to run. */
export function describeMissingRights({ role, rights }: MissingRights): string {
  const more = rights.length > SHOWN ? [`${rights.length - SHOWN} more`] : [];
  const list = [...rights.slice(0, SHOWN), ...more].join('; ');
  return (
    `The role ${role} of DATABASE_URL lacks ${list}: run "npm run migrate" as the owner of the tables, then ` +
    'deploy/postgresql/roles.sql as an administrator of PostgreSQL.'
  );
}
