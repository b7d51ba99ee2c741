import type pg from 'pg';

/** Begins a foreign transaction that keeps an account's turn until it ends. The caller releases the connection. */
export async function holdTurn(sql: pg.Pool, accountId: string): Promise<pg.PoolClient> {
  const holder = await sql.connect();
  await holder.query('BEGIN');
  await holder.query(`SELECT pg_advisory_xact_lock(hashtextextended('contact-stats', $1))`, [accountId]);
  return holder;
}
