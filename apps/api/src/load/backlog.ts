import type { AccountBacklog } from '@trackly/db';

/** The open chunks of each account: the last count of the ledger, plus what this process has accepted since. */
export class Backlog {
  #openChunks = new Map<string, number>();
  #total = 0;
  #virtualTime = 0;

  /** Open chunks of all accounts. */
  get total(): number {
    return this.#total;
  }

  /**
   * The place in the queue that is being served now: the first open place of the account that has come furthest. An
   * account whose work is stuck therefore does not stop the virtual time of the others.
   */
  get virtualTime(): number {
    return this.#virtualTime;
  }

  /** Open chunks of one account. */
  of(accountId: string): number {
    return this.#openChunks.get(accountId) ?? 0;
  }

  /** Adds chunks that were accepted. */
  add(accountId: string, chunks: number): void {
    this.#total += chunks;
    this.#openChunks.set(accountId, this.of(accountId) + chunks);
  }

  /**
   * Takes over the counts of the ledger. They may lack chunks that were accepted during the query; the next query has
   * them.
   */
  replace(accounts: readonly AccountBacklog[]): void {
    this.#openChunks = new Map(accounts.map(({ accountId, openChunks }) => [accountId, openChunks]));
    this.#total = accounts.reduce((sum, { openChunks }) => sum + openChunks, 0);
    this.#virtualTime = Math.max(0, ...accounts.map(({ firstPriority }) => firstPriority));
  }
}
