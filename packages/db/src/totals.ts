import { Prisma } from './generated/client.ts';

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
