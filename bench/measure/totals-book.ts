import type { Contestant } from '../contestants/contestant.ts';
import { WrongTotalsError, type Totals } from './totals.ts';

/** Remembers what contestants have left behind, and says so when one has not left the same as another. */
export class TotalsBook {
  readonly #first = new Map<string, { contestant: string; digest: string }>();

  /** @throws WrongTotalsError */
  add({ name, template }: Contestant, totals: Totals): void {
    // Earlier rows change the stats of contacts, but not the rows that are new.
    const rows = template === 'grown' ? 'lifelike' : template;
    this.#compare(name, `${totals.rows} rows, ${rows}`, totals.rowsDigest);
    this.#compare(name, `contacts after ${totals.rows} rows, ${template}`, totals.contactsDigest);
  }

  #compare(contestant: string, what: string, digest: string): void {
    const first = this.#first.get(what);
    if (!first) this.#first.set(what, { contestant, digest });
    else if (first.digest !== digest) {
      throw new WrongTotalsError(`${contestant} has not left the same behind as ${first.contestant}: ${what}.`);
    }
  }
}
