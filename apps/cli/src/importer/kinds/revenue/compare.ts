import type { LineAccount } from '../../files/line-account.ts';
import type { Expectation } from './expectation.ts';
import type { Holdings } from './holdings.ts';
import { Sums, type Sum } from './sums.ts';

/** Records and revenue, formatted for output. */
interface Shown {
  records: number;
  /** An exact plain decimal. */
  revenue: string;
}

export interface Difference {
  by: 'month' | 'offer';
  key: string;
  file: Shown;
  service: Shown;
}

export interface Comparison {
  file: Shown;
  service: Shown;
  months: number;
  offers: number;
  /** What the lines of the file are. */
  lines: LineAccount;
  /** Empty after a correct import. */
  differences: Difference[];
}

/** Compares the totals of a file with what the service holds. */
export function compare(expected: Expectation, held: Holdings): Comparison {
  const offers = new Sums();
  for (const offer of expected.byOffer.keys) {
    // An offer's own id goes before the external id of another offer, as in the service.
    const isId = held.byOffer.get(offer).records > 0;
    const { records, revenue } = expected.byOffer.get(offer);
    offers.add(isId ? offer : (held.offerIds.get(offer) ?? offer), records, revenue);
  }
  return {
    file: show(expected.byMonth.total),
    service: show(held.byMonth.total),
    months: expected.byMonth.keys.length,
    offers: offers.keys.length,
    lines: expected.lines,
    differences: [
      ...differencesBy('month', expected.byMonth, held.byMonth),
      ...differencesBy('offer', offers, held.byOffer),
    ],
  };
}

function differencesBy(by: Difference['by'], expected: Sums, held: Sums): Difference[] {
  return [...new Set([...expected.keys, ...held.keys])].toSorted(byText).flatMap((key) => {
    const [file, service] = [expected.get(key), held.get(key)];
    const isSame = file.records === service.records && file.revenue.equals(service.revenue);
    return isSame ? [] : [{ by, key, file: show(file), service: show(service) }];
  });
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function show({ records, revenue }: Sum): Shown {
  return { records, revenue: revenue.toFixed() };
}
