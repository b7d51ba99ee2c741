import {
  exactNumber,
  keysOf,
  type Formulas,
  type ReportDimension,
  type RevenueReport,
  type RevenueReportRow,
} from '@trackly/contract';
import type { ReportRow, ReportSums } from '@trackly/db';

import { toCsvRows } from '../http/csv.ts';

type NamedKey = Pick<ReportRow, 'key' | 'name' | 'externalId'>;

/** Names the key of a row after its dimension, as the API does. */
const namedKeys: Record<ReportDimension, (row: NamedKey) => Omit<RevenueReportRow, keyof RevenueReport['total']>> = {
  day: ({ key }) => ({ day: key }),
  month: ({ key }) => ({ month: key }),
  offer: ({ key, name, externalId }) => ({ offer_id: key || null, name, external_id: externalId }),
  list: ({ key }) => ({ list_number: key || null }),
  attribution_type: ({ key }) => ({ attribution_type: key }),
  import: ({ key }) => ({ import_id: key }),
};

/** Rows that are written together. */
const BATCH = 1_000;

export function toRow(by: ReportDimension, row: ReportRow): RevenueReportRow {
  return { ...namedKeys[by](row), ...toSums(row) };
}

export function toSums({ recordCount, revenue, payout }: ReportSums): RevenueReport['total'] {
  return { record_count: recordCount, revenue: exactNumber(revenue), payout: exactNumber(payout) };
}

/** Formats rows as CSV, with the field names of JSON in the header. */
export async function* toCsv(
  by: ReportDimension,
  pages: AsyncIterable<readonly ReportRow[]>,
  formulas: Formulas,
): AsyncGenerator<string> {
  const keys = keysOf(namedKeys[by]({ key: '', name: null, externalId: null }));
  yield toCsvRows([[...keys, 'record_count', 'revenue', 'payout']], formulas);
  for await (const rows of pages) {
    for (let first = 0; first < rows.length; first += BATCH) {
      const cells = rows.slice(first, first + BATCH).map((row) => {
        const named = namedKeys[by](row);
        return [...keys.map((key) => named[key]), row.recordCount, row.revenue, row.payout];
      });
      yield toCsvRows(cells, formulas);
    }
  }
}
