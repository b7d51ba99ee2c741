import pg from 'pg';

import { formatNumber } from '../report/format.ts';
import { quantile } from '../report/statistics.ts';

/** What could carry the reports; the first is what the others are compared with. */
const INDEXES = {
  none: undefined,
  'BRIN (account_id, occurred_at)':
    'USING brin (account_id int8_minmax_multi_ops, occurred_at timestamptz_minmax_multi_ops) ' +
    'WITH (pages_per_range = 32, autosummarize = on)',
  'B-tree (account_id, occurred_at)': '(account_id, occurred_at)',
  'B-tree with all that is added up':
    '(account_id, occurred_at, offer_id, list_contact_id, attribution_type, revenue, payout)',
};

const BATCHES = 600;
/** The tables are filled before the clock starts. */
const MEASURED_FROM = 200;
const ROWS = 1000;

/**
 * Inserts the same batches into tables that differ in one index, in turns: batches from the oldest to the latest, as the
 * product does it.
 *
 * @returns a row of cells for each index
 */
export async function compareIndexes(url: string): Promise<string[][]> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  try {
    await client.query('DROP SCHEMA IF EXISTS index_cost CASCADE; CREATE SCHEMA index_cost');
    const tables = Object.entries(INDEXES).map(([title, index], number) => ({
      title,
      index,
      table: `index_cost.records_${number}`,
      times: new Array<number>(),
    }));
    for (const { table, index } of tables) {
      await client.query(
        `CREATE TABLE ${table} (LIKE public.revenue_records INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
      );
      await client.query(`ALTER TABLE ${table} ADD PRIMARY KEY (account_id, import_id, record_index)`);
      await client.query(`CREATE INDEX ON ${table} (account_id, list_contact_id, occurred_at)`);
      if (index) await client.query(`CREATE INDEX ON ${table} ${index}`);
    }
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const turn = batch % tables.length;
      for (const { table, times } of [...tables.slice(turn), ...tables.slice(0, turn)]) {
        const startedAt = performance.now();
        await insertBatch(client, table, batch);
        if (batch >= MEASURED_FROM) times.push(performance.now() - startedAt);
      }
    }
    const [none] = tables;
    const base = quantile(none?.times ?? [], 0.5);
    const cells: string[][] = [];
    for (const { title, table, times } of tables) {
      const median = quantile(times, 0.5);
      const { rows } = await client.query<{ bytes: string }>('SELECT pg_indexes_size($1::regclass) AS bytes', [table]);
      const bytes = Number(rows[0]?.bytes) / (BATCHES * ROWS);
      cells.push([title, formatNumber(median), formatNumber(median / base), formatNumber(bytes)]);
    }
    return cells;
  } finally {
    await client.query('DROP SCHEMA IF EXISTS index_cost CASCADE');
    await client.end();
  }
}

async function insertBatch(client: pg.Client, table: string, batch: number): Promise<void> {
  await client.query(
    `INSERT INTO ${table}
     SELECT
       1, $2, record_index, 1 + drawn % 1000000, 1 + (drawn >> 20) % 500, 1 + (drawn >> 3) % 200000,
       ((drawn >> 8) % 50000) / 100.0, CASE WHEN drawn % 10 < 3 THEN ((drawn >> 4) % 5000) / 100.0 END, 'sale',
       timestamptz '2020-11-01' + ($1 * ${ROWS} + record_index) * interval '15 seconds'
         + (drawn >> 3) % 604800 * interval '1 second'
     FROM generate_series(0, ${ROWS - 1}) AS record_index,
       LATERAL (SELECT hashint8extended($1::bigint * ${ROWS} + record_index, 2) & 9007199254740991) AS hash (drawn)`,
    [batch, `01990000-0000-7000-8000-${String(batch).padStart(12, '0')}`],
  );
}
