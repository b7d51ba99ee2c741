import type pg from 'pg';

/**
 * Measures what the rows of tables take, in bytes, in files that are written anew, with indexes that are as full as new ones.
 * It measures copies: VACUUM FULL keeps dead rows as long as a transaction is running, in any database of the server, that
 * began before they were dead.
 */
export async function sizeOnDisk(sql: pg.Pool, tables: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const table of tables) {
    await sql.query(
      `CREATE TABLE measured (LIKE ${table} INCLUDING ALL);
       INSERT INTO measured OVERRIDING SYSTEM VALUE SELECT * FROM ${table}`,
    );
    await sql.query('VACUUM FULL measured');
    const { rows } = await sql.query<{ bytes: number }>(`SELECT pg_total_relation_size('measured')::float8 AS bytes`);
    bytes += rows[0]?.bytes ?? 0;
    await sql.query('DROP TABLE measured');
  }
  return bytes;
}
