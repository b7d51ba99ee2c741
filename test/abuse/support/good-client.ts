import type { Account } from '../../lab/catalog.ts';
import type { Attempt, Sent } from '../../lab/client.ts';
import { startHelper } from './helper.ts';

/** How a good client works. */
export interface Habits {
  /** Whether it sends its imports compressed. */
  isCompressed?: boolean;
  /** Whether it asks for a report of its revenue after each import. */
  readsReports?: boolean;
  /** The pause after each import; for long attacks, so that there is less to compare. */
  pauseMs?: number;
}

export interface GoodClientOptions extends Habits {
  url: string;
  account: Account;
  /** Of the choices of its requests. */
  seed: string;
}

/** What a client does for some time. */
export interface Measured {
  /** Its imports. Their bodies are left out. */
  sent: Sent[];
  reports: Attempt[];
}

/** How long it works. */
export interface Shift {
  ms: number;
  /** Whether it pauses after each import, as its habits say. */
  hasPauses: boolean;
}

/** A client that does as it should, in a process of its own. */
export interface GoodClient extends AsyncDisposable {
  /**
   * Has it import one request after the other, of 100 and 1,000 records in turns, for so long, and until the last one is
   * answered.
   */
  work(shift: Shift): Promise<Measured>;
}

/** Starts a client that does nothing yet. */
export async function startGoodClient(options: GoodClientOptions): Promise<GoodClient> {
  const helper = await startHelper(new URL('good-client-process.ts', import.meta.url));
  await helper.order(options);
  return {
    work: (shift) => helper.order<Measured>(shift),
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
