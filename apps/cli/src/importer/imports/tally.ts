import { Exact } from '../exact.ts';
import type { BatchOutcome } from './outcome.ts';

/** Adds up what became of batches. */
export class Tally {
  records = 0;
  imported = 0;
  rejected = 0;
  /** Of `records`, those that an earlier run had done. */
  earlier = 0;
  readonly #byCode = new Map<string, number>();
  #revenue: Exact = new Exact(0);

  add(outcome: BatchOutcome, { isEarlier }: { isEarlier: boolean }): void {
    this.records += outcome.rows;
    this.imported += outcome.imported;
    if (isEarlier) this.earlier += outcome.rows;
    for (const { code, rows } of outcome.rejected) {
      this.rejected += rows.length;
      this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + rows.length);
    }
    this.#revenue = this.#revenue.plus(outcome.revenue);
  }

  /** A plain decimal, exact. */
  get revenue(): string {
    return this.#revenue.toFixed();
  }

  /** The most frequent first. */
  get rejectedByCode(): Record<string, number> {
    return Object.fromEntries([...this.#byCode].toSorted(([, a], [, b]) => b - a));
  }
}
