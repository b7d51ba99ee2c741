import { countColumns, type KindSpec } from '@trackly/contract';

import { Prisma } from './generated/client.ts';

/** An expression for the totals of a kind, as a JSON object. The sum of no records is zero. */
export function totalsOf(kind: KindSpec, sumOf: (column: string) => string): Prisma.Sql {
  return jsonObject(totalMembers(kind, sumOf));
}

/** The same with the counts of the kind, by name. */
export function totalsAndCountsOf(
  kind: KindSpec,
  { sumOf, countOf }: Record<'sumOf' | 'countOf', (column: string) => string>,
): Prisma.Sql {
  const counts = countColumns(kind).map((name) => `'${name}', ${countOf(`"${name}"`)}`);
  return jsonObject([...totalMembers(kind, sumOf), ...counts]);
}

/** The same of an undo: the totals of the rows in `removed`, and the counts of the undo, which `undo_counts` has. */
export function totalsAndUndoCountsOf(kind: KindSpec): Prisma.Sql {
  const counts = Object.keys(kind.undoCounts ?? {}).map((name) => `'${name}', (SELECT "${name}" FROM undo_counts)`);
  return jsonObject([...totalMembers(kind, (column) => `sum(removed.${column})`), ...counts]);
}

function totalMembers({ totals }: KindSpec, sumOf: (column: string) => string): string[] {
  return totals.map((field) => `'${field}', coalesce(${sumOf(`"${field}"`)}, 0)`);
}

function jsonObject(members: readonly string[]): Prisma.Sql {
  return Prisma.raw(`json_build_object(${members.join(', ')})`);
}

/**
 * An expression that adds up totals and counts by name: a JSON object of plain decimals without trailing zeros.
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
