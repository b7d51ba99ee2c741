/** Limits the memory for bodies whose records are not in the ledger yet. One account gets at most half of it. */
export class ByteBudget {
  readonly #limit: number;
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  /** @returns a function that gives the bytes back (further calls do nothing), or undefined if there are not enough */
  take(accountId: string, bytes: number): (() => void) | undefined {
    const taken = (this.#taken.get(accountId) ?? 0) + bytes;
    if (this.#total + bytes > this.#limit || taken > this.#limit / 2) return undefined;
    this.#add(accountId, bytes);
    let isTaken = true;
    return () => {
      if (isTaken) this.#add(accountId, -bytes);
      isTaken = false;
    };
  }

  #add(accountId: string, bytes: number): void {
    this.#total += bytes;
    const taken = (this.#taken.get(accountId) ?? 0) + bytes;
    if (taken === 0) this.#taken.delete(accountId);
    else this.#taken.set(accountId, taken);
  }
}
