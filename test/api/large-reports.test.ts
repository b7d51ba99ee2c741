import { expect, test } from 'vitest';

import { useStack } from '../support/suite.ts';

/** More than are read at once, twice. */
const IMPORTS = 40_001;

const stack = useStack({ worker: false });

test('a CSV report has all rows, however many, once and in order', async () => {
  const { url, account, database } = stack();
  await database.sql.query(
    `INSERT INTO revenue_records
     SELECT $1, lpad(to_hex(number), 32, '0')::uuid, 0, 1, 1, 1, 0.01, NULL, 'sale', '2024-01-01'
     FROM generate_series(1, $2::integer) AS number`,
    [account.id, IMPORTS],
  );
  const response = await fetch(`${url}/api/v2/reports/revenue?by=import`, {
    headers: { 'x-api-key': account.apiKey, accept: 'text/csv' },
  });
  const [, ...lines] = (await response.text()).trimEnd().split('\n');
  const numbers = lines.map((line) => Number.parseInt(line.slice(0, 36).replaceAll('-', ''), 16));
  expect(numbers).toEqual(Array.from({ length: IMPORTS }, (_, index) => index + 1));
});
