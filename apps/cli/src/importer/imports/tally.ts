import { Exact } from '../exact.ts';
import type { BatchOutcome } from './outcome.ts';
import { Times, type TimesSummary } from './times.ts';

/** Adds up the outcomes of batches. */
export class Tally {
  records = 0;
  imported = 0;
  rejected = 0;
  /** Those of `records` that an earlier run had done. */
  earlier = 0;
  /** Those of `imported` that an earlier run had imported. */
  earlierImported = 0;
  readonly #byCode = new Map<string, number>();
  readonly #times = new Times();
  readonly #notices = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #totals = new Map<string, Exact>();

  add(outcome: BatchOutcome, { isEarlier }: { isEarlier: boolean }): void {
    this.records += outcome.rows;
    this.imported += outcome.imported;
    if (isEarlier) {
      this.earlier += outcome.rows;
      this.earlierImported += outcome.imported;
    }
    addAll(this.#notices, outcome.notices);
    addAll(this.#counts, outcome.counts);
    for (const { code, rows } of outcome.rejected) {
      this.rejected += rows.length;
      this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + rows.length);
    }
    for (const [field, total] of Object.entries(outcome.totals)) {
      this.#totals.set(field, new Exact(total).plus(this.#totals.get(field) ?? 0));
    }
  }

  /** @param times of imported records */
  addTimes(times: readonly string[]): void {
    for (const time of times) this.#times.add(time);
  }

  get times(): TimesSummary {
    return this.#times.summary;
  }

  /** The total of a field: an exact plain decimal. */
  totalOf(field: string): string {
    return (this.#totals.get(field) ?? new Exact(0)).toFixed();
  }

  /** The counts of the kind, by name. */
  countOf(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Numbers of records that the service says something about. */
  get notices(): Record<string, number> {
    return Object.fromEntries(this.#notices);
  }

  /** Numbers of rejected records, the most frequent code first. */
  get rejectedByCode(): Record<string, number> {
    return Object.fromEntries([...this.#byCode].toSorted(([, a], [, b]) => b - a));
  }
}

function addAll(sums: Map<string, number>, added: Readonly<Record<string, number>> = {}): void {
  for (const [name, records] of Object.entries(added)) sums.set(name, (sums.get(name) ?? 0) + records);
}
