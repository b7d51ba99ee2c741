import type { AccountBacklog } from '@trackly/db';

/** The open chunks of each account: what the ledger said last, and what this process has added since. */
export class Backlog {
  #openChunks = new Map<string, number>();
  #total = 0;
  #virtualTime = 0;

  /** Open chunks of all accounts. */
  get total(): number {
    return this.#total;
  }

  /**
   * The place in the queue that is being served now. That is the first place of the account that has come furthest: one
   * whose work is stuck does not hold up the time for the others.
   */
  get virtualTime(): number {
    return this.#virtualTime;
  }

  /** Open chunks of one account. */
  of(accountId: string): number {
    return this.#openChunks.get(accountId) ?? 0;
  }

  /** Counts what has been accepted. */
  add(accountId: string, chunks: number): void {
    this.#total += chunks;
    this.#openChunks.set(accountId, this.of(accountId) + chunks);
  }

  /**
   * Takes over what the ledger says. What was added while it was being asked may be missing from that, until it is asked
   * again.
   */
  replace(accounts: readonly AccountBacklog[]): void {
    this.#openChunks = new Map(accounts.map(({ accountId, openChunks }) => [accountId, openChunks]));
    this.#total = accounts.reduce((sum, { openChunks }) => sum + openChunks, 0);
    this.#virtualTime = Math.max(0, ...accounts.map(({ firstPriority }) => firstPriority));
  }
}
