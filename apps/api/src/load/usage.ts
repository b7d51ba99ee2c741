import type { AccountUsage } from '@trackly/db';

/** How long an account is watched after its last import, in milliseconds. */
const WATCHED_MS = 60_000;

/** Reads what the given accounts take in the database. */
export type ReadUsage = (accountIds: readonly string[]) => Promise<AccountUsage[]>;

interface Watched extends Omit<AccountUsage, 'accountId'> {
  lastAskedAt: number;
}

/**
 * What accounts take in the database: what it said last, plus what this process has accepted since. Only accounts that
 * have imported something in the last minute are watched.
 */
export class Usage {
  readonly #read: ReadUsage;
  readonly #watched = new Map<string, Watched>();
  readonly #asked = new Map<string, Promise<void>>();

  constructor(read: ReadUsage) {
    this.#read = read;
  }

  /** Reads what an account takes, unless it is watched already. */
  async watch(accountId: string): Promise<void> {
    const watched = this.#watched.get(accountId);
    if (watched) {
      watched.lastAskedAt = Date.now();
      return;
    }
    const asked = this.#asked.get(accountId) ?? this.#readOf([accountId], this.#read);
    this.#asked.set(accountId, asked);
    await asked.finally(() => this.#asked.delete(accountId));
  }

  /** Bytes of rejected records that are kept for a watched account. */
  keptBytes(accountId: string): number {
    return this.#watched.get(accountId)?.keptBytes ?? 0;
  }

  /** Estimated bytes of all that is there because of the imports of a watched account. */
  storedBytes(accountId: string): number {
    return this.#watched.get(accountId)?.storedBytes ?? 0;
  }

  /** Adds what is being accepted. */
  add(accountId: string, { keptBytes, storedBytes }: Pick<AccountUsage, 'keptBytes' | 'storedBytes'>): void {
    const watched = this.#watched.get(accountId);
    if (!watched) return;
    watched.keptBytes += keptBytes;
    watched.storedBytes += storedBytes;
  }

  /**
   * Reads again what the watched accounts take. It may lack what was accepted during the query; the next one has it.
   *
   * @param read on a connection that is not in use
   */
  async refresh(read: ReadUsage): Promise<void> {
    const longAgo = Date.now() - WATCHED_MS;
    for (const [accountId, { lastAskedAt }] of this.#watched) {
      if (lastAskedAt < longAgo) this.#watched.delete(accountId);
    }
    if (this.#watched.size > 0) await this.#readOf([...this.#watched.keys()], read);
  }

  async #readOf(accountIds: readonly string[], read: ReadUsage): Promise<void> {
    for (const { accountId, ...usage } of await read(accountIds)) {
      const lastAskedAt = this.#watched.get(accountId)?.lastAskedAt ?? Date.now();
      this.#watched.set(accountId, { ...usage, lastAskedAt });
    }
  }
}
