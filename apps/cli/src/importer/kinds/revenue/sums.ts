import { Exact } from '../../exact.ts';

export interface Sum {
  records: number;
  revenue: Exact;
}

/** Records and revenue, by month or by offer. */
export class Sums {
  readonly #byKey = new Map<string, Sum>();

  add(key: string, records: number, revenue: Exact | string): void {
    const sum = this.get(key);
    this.#byKey.set(key, { records: sum.records + records, revenue: sum.revenue.plus(revenue) });
  }

  get(key: string): Sum {
    return this.#byKey.get(key) ?? { records: 0, revenue: new Exact(0) };
  }

  get keys(): string[] {
    return [...this.#byKey.keys()];
  }

  get total(): Sum {
    const total: Sum = { records: 0, revenue: new Exact(0) };
    for (const { records, revenue } of this.#byKey.values()) {
      total.records += records;
      total.revenue = total.revenue.plus(revenue);
    }
    return total;
  }
}
