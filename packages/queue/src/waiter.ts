import type { ImportRef } from '@trackly/contract';

import { importIdOf } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';

/** How often the ledger is asked without an event: events can be lost. Up to half of it is added at random. */
const POLL_MS = 200;

/** How long the ledger is left alone after it could not be read. */
const PAUSE_AFTER_ERROR_MS = 1_000;

/** Imports that one query asks about, at most. */
const BATCH_SIZE = 500;

/** Waits at the same time; one more ends at once. */
const MAX_WAITS = 10_000;

export interface WaitOptions<Outcome> {
  timeoutMs: number;
  /** Ends the wait early, for nobody wants the outcome any more. */
  signal?: AbortSignal;
  /** Which outcome is waited for; any, when absent. */
  until?: (outcome: Outcome) => boolean;
}

export interface Waiter<Outcome> {
  /** How many are waiting. */
  readonly size: number;
  /**
   * Waits until an import has the outcome that is waited for.
   *
   * @returns its outcome, or undefined when it has none such after `timeoutMs`, or the wait was ended
   */
  wait(ref: ImportRef, options: WaitOptions<Outcome>): Promise<Outcome | undefined>;
  /** Ends all waits, and every later one, as if their time had run out. */
  endWaits(): void;
  close(): Promise<void>;
}

export interface WaiterOptions<Outcome> {
  server: QueueServer;
  /** Asks the ledger: the outcomes of those of the given imports that have one, by import id. */
  readOutcomes: (imports: ImportRef[]) => Promise<Map<string, Outcome>>;
  onError: (error: Error) => void;
}

interface Wait<Outcome> {
  ref: ImportRef;
  settle: (outcome: Outcome) => void;
  giveUp: () => void;
}

/**
 * Waits for many imports with one event stream and one query at a time. An event only says that it is worth asking the
 * ledger; what the ledger says is what counts.
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
