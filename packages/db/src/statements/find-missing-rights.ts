import type { Database } from '../client.ts';
import { kindFunctions, kindRights } from '../kinds/index.ts';
import { engineFunctions, engineRights, type MissingRights } from '../rights.ts';

/** Each right on a table that processes need, as two lists of the same length. */
const tableRights = [engineRights, ...Object.values(kindRights)].flatMap((tables) =>
  Object.entries(tables).flatMap(([table, rights]) => rights.map((right) => ({ table, right }))),
);
const tables = tableRights.map(({ table }) => table);
const functions = [...engineFunctions, ...kindFunctions];
const rights = tableRights.map(({ right }) => right);

/**
 * Finds the rights that processes need and the role of the connection lacks. Ignores tables that do not exist: they are
 * the migrations' concern. Reads the system catalogs only, in milliseconds.
 *
 * @param queueSchema the schema of a queue in PostgreSQL; undefined if the queue is elsewhere
 */
export async function findMissingRights(db: Database, queueSchema: string | undefined): Promise<MissingRights> {
  const [found] = await db.$queryRaw<MissingRights[]>`
    /* find-missing-rights */
    WITH ours AS (
      -- Null without USAGE on the schema, too.
      SELECT (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('_prisma_migrations')) AS schema
    ),
    queue AS (
      SELECT oid AS schema, nspname AS name FROM pg_namespace WHERE nspname = ${queueSchema}::text
    ),
    -- Otherwise a function would be asked about what is not of its kind.
    needed (place, object, "right", held) AS MATERIALIZED (
      SELECT 1, 'schema public', 'USAGE', has_schema_privilege(pg_namespace.oid, 'USAGE')
      FROM pg_namespace, ours
      WHERE nspname = 'public' AND ours.schema IS NULL
      UNION ALL
      SELECT 2, wanted.name, wanted.right, has_table_privilege(pg_class.oid, wanted.right)
      FROM unnest(${tables}::text[], ${rights}::text[]) AS wanted (name, "right"), ours, pg_class
      WHERE pg_class.relnamespace = ours.schema AND pg_class.relname = wanted.name
      UNION ALL
      SELECT 2, 'function ' || pg_proc.oid::regprocedure, 'EXECUTE', has_function_privilege(pg_proc.oid, 'EXECUTE')
      FROM pg_proc, ours
      WHERE pronamespace = ours.schema AND proname = ANY (${functions}::text[])
      UNION ALL
      -- BullMQ adds jobs by way of a temporary table.
      SELECT 3, 'database ' || current_database(), 'TEMPORARY', has_database_privilege(current_database(), 'TEMPORARY')
      FROM queue
      UNION ALL
      SELECT 4, 'schema ' || name, 'USAGE', has_schema_privilege(schema, 'USAGE') FROM queue
      UNION ALL
      -- Unless migrations have made the sequence of its job ids, BullMQ makes it.
      SELECT 4, 'schema ' || name, 'CREATE', has_schema_privilege(schema, 'CREATE')
      FROM queue
      WHERE NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = schema AND relkind = 'S' AND relname LIKE '%\\_jid\\_%')
      UNION ALL
      SELECT 5, name || '.' || relname, wanted.right, has_table_privilege(pg_class.oid, wanted.right)
      FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS wanted ("right"), queue, pg_class
      WHERE relnamespace = schema AND relkind = 'r' AND (relname <> 'migration' OR wanted.right = 'SELECT')
      UNION ALL
      SELECT 5, 'sequence ' || name || '.' || relname, 'USAGE', has_sequence_privilege(pg_class.oid, 'USAGE')
      FROM queue, pg_class
      WHERE relnamespace = schema AND relkind = 'S'
      UNION ALL
      SELECT 5, 'function ' || pg_proc.oid::regprocedure, 'EXECUTE', has_function_privilege(pg_proc.oid, 'EXECUTE')
      FROM queue, pg_proc
      WHERE pronamespace = schema
    ),
    missing AS (
      SELECT place, object, string_agg(DISTINCT "right", ', ') AS rights
      FROM needed
      WHERE NOT held
      GROUP BY place, object
    )
    SELECT
      current_user AS role,
      array(SELECT rights || ' on ' || object FROM missing ORDER BY place, object) AS rights`;
  if (!found) throw new Error('A statement without FROM has returned no row.');
  return found;
}
