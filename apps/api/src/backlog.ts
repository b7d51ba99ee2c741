/** The open chunks of each account: what the ledger said last, and what this process has added since. */
export class Backlog {
  #openChunks = new Map<string, number>();
  #total = 0;

  /** Open chunks of all accounts. */
  get total(): number {
    return this.#total;
  }

  /** Open chunks of one account. */
  of(accountId: string): number {
    return this.#openChunks.get(accountId) ?? 0;
  }

  /** Takes over what is known of one account. */
  set(accountId: string, openChunks: number): void {
    this.#total += openChunks - this.of(accountId);
    this.#openChunks.set(accountId, openChunks);
  }

  /** Takes over what the ledger says of all accounts. */
  replace(openChunks: Map<string, number>): void {
    this.#openChunks = openChunks;
    this.#total = [...openChunks.values()].reduce((sum, count) => sum + count, 0);
  }
}
