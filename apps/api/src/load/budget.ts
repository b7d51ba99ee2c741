/** Why there is no more for a requester: it has its share, or all is in use and nobody has more than the requester. */
export type Shortage = 'too_many_requests' | 'overloaded';

export interface BudgetOptions {
  /** The amount for all requesters together. */
  total: number;
  /** The amount for each of them at most. */
  each: number;
}

/** A part of a budget that is in use. */
export interface Holding {
  /** Takes more. Returns why that is not possible; undefined if it was. */
  grow: (amount: number) => Shortage | undefined;
  /** From now on, the holding does not give way. */
  settle: () => void;
  /** Gives everything back. Further calls do nothing. */
  release: () => void;
}

interface Held {
  giveWay: (() => void) | undefined;
  release: () => void;
}

interface Share {
  taken: number;
  /** The oldest first. */
  holdings: Set<Held>;
}

/**
 * Shares a limited amount of something, such as memory, between requesters. If there is not enough, the requester that
 * has most gives way: its oldest holding is taken from it. So a requester can have as much as all others leave, and no
 * other can keep it from having as much as they have.
 */
export class Budget {
  readonly #options: BudgetOptions;
  readonly #shares = new Map<string, Share>();
  #taken = 0;

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  /** What all requesters have. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether the requester has less than its share. */
  hasRoom(requester: string): boolean {
    return (this.#shares.get(requester)?.taken ?? 0) < this.#options.each;
  }

  /**
   * Begins to hold something, at first nothing.
   *
   * @param giveWay ends the use of what is held, which is then released
   */
  hold(requester: string, giveWay: () => void): Holding {
    let taken = 0;
    const release = () => {
      const share = this.#shares.get(requester);
      if (!share?.holdings.delete(held)) return;
      share.taken -= taken;
      this.#taken -= taken;
      taken = 0;
      if (share.holdings.size === 0) this.#shares.delete(requester);
    };
    const held: Held = { giveWay, release };
    return {
      grow: (amount) => {
        const share = this.#shares.get(requester) ?? { taken: 0, holdings: new Set() };
        if (share.taken + amount > this.#options.each) return 'too_many_requests';
        if (!this.#makeRoom(amount, share.taken + amount)) return 'overloaded';
        taken += amount;
        share.taken += amount;
        this.#taken += amount;
        share.holdings.add(held);
        this.#shares.set(requester, share);
        return undefined;
      },
      settle: () => {
        held.giveWay = undefined;
      },
      release,
    };
  }

  /** Lets those give way that have more than the requester will have. */
  #makeRoom(amount: number, willHave: number): boolean {
    while (this.#taken + amount > this.#options.total) {
      const oldest = this.#oldestOfLargest(willHave);
      if (!oldest) return false;
      oldest.release();
      oldest.giveWay?.();
    }
    return true;
  }

  #oldestOfLargest(least: number): Held | undefined {
    const larger = [...this.#shares.values()].filter(({ taken }) => taken > least);
    for (const { holdings } of larger.toSorted((a, b) => b.taken - a.taken)) {
      const oldest = holdings.values().find(({ giveWay }) => giveWay !== undefined);
      if (oldest) return oldest;
    }
    return undefined;
  }
}
