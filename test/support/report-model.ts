import { reportDimensions, type ReportDimension } from '@trackly/contract';
import { Decimal } from 'decimal.js';

/** A revenue record, and what it is counted under; an offer or a list that is gone is null. */
export interface CountedRecord {
  offer: string | null;
  list: string | null;
  attributionType: string;
  importId: string;
  /** In UTC, with all six decimals. */
  at: string;
  revenue: string;
  payout: string | null;
}

export type ReportFilters = Partial<Record<ReportDimension | 'from' | 'to', string>>;

const Exact = Decimal.clone({ precision: 60 });

const keyOf: Record<ReportDimension, (record: CountedRecord) => string | null> = {
  day: ({ at }) => at.slice(0, 10),
  month: ({ at }) => at.slice(0, 7),
  offer: ({ offer }) => offer,
  list: ({ list }) => list,
  attribution_type: ({ attributionType }) => attributionType,
  import: ({ importId }) => importId,
};

const fieldOf: Record<ReportDimension, string> = {
  day: 'day',
  month: 'month',
  offer: 'offer_id',
  list: 'list_number',
  attribution_type: 'attribution_type',
  import: 'import_id',
};

/** The external ids of the offers that have one. */
export const externalIds = new Map([['a', 'tune "1", 2']]);

/** Rows and total of a report, computed record by record; amounts as text. */
export function expectedReport(records: CountedRecord[], by: ReportDimension, filters: ReportFilters) {
  const counted = records.filter((record) => isCounted(record, filters));
  const groups = Map.groupBy(counted, (record) => keyOf[by](record));
  const rows = [...groups]
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a ?? ''), Buffer.from(b ?? '')))
    .map(([key, group]) => ({
      [fieldOf[by]]: key,
      ...(by === 'offer' && {
        name: key === null ? null : 'An offer',
        external_id: externalIds.get(key ?? '') ?? null,
      }),
      ...sumsOf(group),
    }));
  return { rows, total: sumsOf(counted) };
}

function isCounted(record: CountedRecord, { from, to, ...keys }: ReportFilters): boolean {
  if ((from && record.at < from) || (to && record.at >= to)) return false;
  return reportDimensions.every((by) => keys[by] === undefined || keys[by] === keyOf[by](record));
}

function sumsOf(records: CountedRecord[]) {
  const sum = (amounts: (string | null)[]) =>
    amounts.reduce((total, amount) => total.plus(amount ?? 0), new Exact(0)).toFixed();
  return {
    record_count: records.length,
    revenue: sum(records.map(({ revenue }) => revenue)),
    payout: sum(records.map(({ payout }) => payout)),
  };
}
