import type { ImportRef } from '@trackly/contract';

import { importIdOf } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';

/** Interval of polling the ledger in case events get lost, plus up to half of it as jitter. */
const POLL_MS = 200;

/** Pause after the ledger could not be read. */
const PAUSE_AFTER_ERROR_MS = 1_000;

/** Maximum number of imports per query. */
const BATCH_SIZE = 500;

/** Maximum number of simultaneous waits. Further ones end at once. */
const MAX_WAITS = 10_000;

export interface WaitOptions<Outcome> {
  timeoutMs: number;
  /** Ends the wait early. */
  signal?: AbortSignal;
  /** Whether an outcome is the awaited one; any outcome if absent. */
  until?: (outcome: Outcome) => boolean;
}

export interface Waiter<Outcome> {
  /** Number of current waits. */
  readonly size: number;
  /**
   * Waits until an import has the awaited outcome.
   *
   * @returns the outcome, or undefined if there is none after `timeoutMs` or the wait was ended
   */
  wait(ref: ImportRef, options: WaitOptions<Outcome>): Promise<Outcome | undefined>;
  /** Ends all waits, and every later one at once, as if they had timed out. */
  endWaits(): void;
  close(): Promise<void>;
}

export interface WaiterOptions<Outcome> {
  server: QueueServer;
  /** Reads the outcomes of the given imports from the ledger, by import id. Omits imports without an outcome. */
  readOutcomes: (imports: ImportRef[]) => Promise<Map<string, Outcome>>;
  onError: (error: Error) => void;
}

interface Wait<Outcome> {
  ref: ImportRef;
  settle: (outcome: Outcome) => void;
  giveUp: () => void;
}

/**
 * Waits for many imports with one event stream and one query at a time. An event only triggers a query of the ledger,
 * which alone decides.
 */
export async function openWaiter<Outcome>(options: WaiterOptions<Outcome>): Promise<Waiter<Outcome>> {
  const { server, readOutcomes, onError } = options;
  const { QueueEvents } = bullmqFor(server, 'consumer');
  const events = new QueueEvents(QUEUE_NAME, { connection: {} });
  const waits = new Map<string, Set<Wait<Outcome>>>();
  const due = new Set<string>();
  let waitCount = 0;
  let asking = false;
  let pausedUntil = 0;
  let ended = false;

  async function ask(): Promise<void> {
    if (asking || Date.now() < pausedUntil) return;
    asking = true;
    try {
      while (due.size > 0) await askAbout(takeDue());
    } catch (error) {
      pausedUntil = Date.now() + PAUSE_AFTER_ERROR_MS;
      onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      asking = false;
    }
  }

  function takeDue(): ImportRef[] {
    const importIds = [...due].slice(0, BATCH_SIZE);
    for (const importId of importIds) due.delete(importId);
    return importIds.flatMap((importId) => [...(waits.get(importId) ?? [])].slice(0, 1).map(({ ref }) => ref));
  }

  async function askAbout(refs: ImportRef[]): Promise<void> {
    if (refs.length === 0) return;
    const outcomes = await readOutcomes(refs);
    for (const [importId, outcome] of outcomes) {
      for (const wait of waits.get(importId) ?? []) wait.settle(outcome);
    }
  }

  function markDue(importId: string | undefined): void {
    if (!importId || !waits.has(importId)) return;
    due.add(importId);
    void ask();
  }

  function endWaits(): void {
    ended = true;
    for (const wait of [...waits.values()].flatMap((set) => [...set])) wait.giveUp();
  }

  const poll = setInterval(
    () => {
      for (const importId of waits.keys()) due.add(importId);
      void ask();
    },
    POLL_MS + (Math.random() * POLL_MS) / 2,
  );

  events.on('error', onError);
  events.on('completed', ({ jobId }) => markDue(importIdOf(jobId)));
  await events.waitUntilReady();

  return {
    get size() {
      return waitCount;
    },
    async wait(ref, { timeoutMs, signal, until = () => true }) {
      if (timeoutMs <= 0 || ended || signal?.aborted || waitCount >= MAX_WAITS) return undefined;
      const { promise, resolve } = Promise.withResolvers<Outcome | undefined>();
      const giveUp = () => resolve(undefined);
      const settle = (outcome: Outcome) => {
        if (until(outcome)) resolve(outcome);
      };
      const wait: Wait<Outcome> = { ref, settle, giveUp };
      const others = waits.get(ref.importId) ?? new Set();
      waits.set(ref.importId, others.add(wait));
      waitCount += 1;
      const timer = setTimeout(giveUp, timeoutMs);
      signal?.addEventListener('abort', giveUp);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        waitCount -= 1;
        others.delete(wait);
        if (others.size === 0) waits.delete(ref.importId);
      }
    },
    endWaits,
    async close() {
      clearInterval(poll);
      endWaits();
      await events.close();
    },
  };
}
