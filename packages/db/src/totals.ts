import type { KindSpec } from '@trackly/contract';

import { Prisma } from './generated/client.ts';

/** What a kind adds up, as a JSON object: an expression. A sum of nothing is zero. */
export function totalsOf({ totals }: KindSpec, sumOf: (column: string) => string): Prisma.Sql {
  const members = totals.map((field) => `'${field}', coalesce(${sumOf(`"${field}"`)}, 0)`);
  return Prisma.raw(`json_build_object(${members.join(', ')})`);
}

/**
 * Adds up sums by their names: an expression, as a JSON object of plain decimals without trailing zeros.
 *
 * @param rows a SELECT of one column, of the type of `import_chunks.totals`
 */
export function sumOfTotals(rows: string): Prisma.Sql {
  return Prisma.raw(`(
      SELECT coalesce(json_object_agg(name, sum), '{}')
      FROM (
        SELECT total.name, trim_scale(sum(total.value::numeric))::text AS sum
        FROM (${rows}) AS chunk (totals)
        CROSS JOIN json_each_text(chunk.totals) AS total (name, value)
        GROUP BY total.name
      ) AS by_name
    )`);
}
