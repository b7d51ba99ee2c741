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
  readonly #totals = new Map<string, Exact>();

  add(
    outcome: BatchOutcome,
    { isEarlier, notices = {} }: { isEarlier: boolean; notices?: Readonly<Record<string, number>> },
  ): void {
    this.records += outcome.rows;
    this.imported += outcome.imported;
    if (isEarlier) {
      this.earlier += outcome.rows;
      this.earlierImported += outcome.imported;
    }
    for (const [notice, records] of Object.entries(notices)) {
      this.#notices.set(notice, (this.#notices.get(notice) ?? 0) + records);
    }
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

  /** Numbers of records that a dry run has noticed something about. */
  get notices(): Record<string, number> {
    return Object.fromEntries(this.#notices);
  }

  /** Numbers of rejected records, the most frequent code first. */
  get rejectedByCode(): Record<string, number> {
    return Object.fromEntries([...this.#byCode].toSorted(([, a], [, b]) => b - a));
  }
}
