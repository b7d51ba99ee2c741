import type { ImportRef } from '@trackly/contract';

import { importIdOf } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';

/** How often the ledger is asked without an event: events can be lost. Up to half of it is added at random. */
const POLL_MS = 200;

/** Imports that one query asks about, at most. */
const BATCH_SIZE = 500;

export interface Waiter<Outcome> {
  /**
   * Waits until an import is completed.
   *
   * @returns its outcome, or undefined when it is still open after `timeoutMs`
   */
  wait(ref: ImportRef, timeoutMs: number): Promise<Outcome | undefined>;
  /** Ends all waits, as if their time had run out. */
  close(): Promise<void>;
}

export interface WaiterOptions<Outcome> {
  server: QueueServer;
  /** Asks the ledger: the outcomes of those of the given imports that are completed, by import id. */
  readOutcomes: (imports: ImportRef[]) => Promise<Map<string, Outcome>>;
  onError: (error: Error) => void;
}

interface Wait<Outcome> {
  ref: ImportRef;
  settle: (outcome: Outcome | undefined) => void;
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
  let asking = false;

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      while (due.size > 0) await askAbout(takeDue());
    } catch (error) {
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
    async wait(ref, timeoutMs) {
      const { promise, resolve } = Promise.withResolvers<Outcome | undefined>();
      const wait: Wait<Outcome> = { ref, settle: resolve };
      const others = waits.get(ref.importId) ?? new Set();
      waits.set(ref.importId, others.add(wait));
      const timer = setTimeout(resolve, timeoutMs, undefined);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        others.delete(wait);
        if (others.size === 0) waits.delete(ref.importId);
      }
    },
    async close() {
      clearInterval(poll);
      for (const wait of [...waits.values()].flatMap((set) => [...set])) wait.settle(undefined);
      await events.close();
    },
  };
}
