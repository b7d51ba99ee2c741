import type { KindSpec } from '@trackly/contract';

import { Prisma } from './generated/client.ts';

/** An expression for the totals of a kind, as a JSON object. The sum of no records is zero. */
export function totalsOf({ totals }: KindSpec, sumOf: (column: string) => string): Prisma.Sql {
  const members = totals.map((field) => `'${field}', coalesce(${sumOf(`"${field}"`)}, 0)`);
  return Prisma.raw(`json_build_object(${members.join(', ')})`);
}

/**
 * An expression that adds up totals by field: a JSON object of plain decimals without trailing zeros.
 *
 * @param rows a SELECT of one column with totals, as in `import_chunks.totals`
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
