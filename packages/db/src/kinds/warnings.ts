import type { KindSpec } from '@trackly/contract';

import { rejectionAsJson } from '../chunk-records.ts';
import { Prisma } from '../generated/client.ts';

/** The parts of the statement that saves a chunk which are about warnings and notices. */
interface Warnings {
  /** The CTE `warned`. */
  step: Prisma.Sql;
  /** The CTE as a further item of a FROM. */
  table: Prisma.Sql;
  /** What is set in the completed chunk. */
  changes: Prisma.Sql;
  /** What is stored of it. */
  stored: string[];
}

/** Collects the warnings of a chunk and counts them by code, if the kind has warnings: others do not pay for them. */
export function warningsOf(kind: KindSpec): Warnings {
  const codes = Object.keys(kind.warnings ?? {});
  if (codes.length === 0) {
    return {
      step: Prisma.empty,
      table: Prisma.empty,
      changes: Prisma.raw(
        `notices = CASE WHEN not_kept_count > 0 THEN json_build_object('records_not_kept', not_kept_count) END,`,
      ),
      stored: [],
    };
  }
  const warning = rejectionAsJson(kind, {
    index: 'record_index',
    code: 'warning_code',
    valueOf: (column) => `judged.${column}`,
  });
  const counts = codes.map((code) => `'${code}', nullif(count(*) FILTER (WHERE warning_code = '${code}'), 0)`);
  return {
    step: Prisma.sql`warned AS (
      SELECT
        json_agg(${warning} ORDER BY record_index) AS warnings,
        json_build_object(${Prisma.raw(counts.join(', '))}) AS counts
      FROM judged
      WHERE error_code IS NULL AND warning_code IS NOT NULL
    ),

    `,
    table: Prisma.raw(', warned'),
    changes: Prisma.raw(`
        warnings = warned.warnings,
        notices = nullif(
          jsonb_strip_nulls(
            warned.counts::jsonb || jsonb_build_object('records_not_kept', nullif(outcome.not_kept_count, 0))
          ), '{}'
        )::json,`),
    stored: [`coalesce(warned.warnings, '[]')`],
  };
}
