import { randomUUID } from 'node:crypto';

import type { ImportKind } from '@trackly/contract';

import { sendRequest, type ClientOptions, type Sent } from './client.ts';
import type { Product } from './product.ts';
import { buildRequest, MIX } from './requests/index.ts';
import type { LabRequest, Referable, RequestShape } from './requests/request.ts';

/** Of what each request has imported. */
const REMEMBERED = 50;

export interface LoadOptions extends RequestShape, Omit<ClientOptions, 'onAttempt'> {
  /** Clients, each of which sends one request after the other. */
  clients: number;
  /** What they import; default: everything. */
  kinds?: readonly ImportKind[];
}

export interface LoadCounters {
  /** Sent at least once. */
  requests: number;
  completed: number;
  attempts: number;
  /** Attempts by what came of them: a status, or `lost`. */
  outcomes: Record<string, number>;
  /** The codes of those that got 503. */
  refusals: string[];
}

/** Requests under way. */
export interface Load {
  counters: LoadCounters;
  /** The next request that has its final answer. */
  nextAnswer(): Promise<Sent>;
  /** Starts no more requests, and waits until those under way have their answers. */
  stop(): Promise<Sent[]>;
}

/**
 * Has clients send requests of random kinds until they are told to stop. Revenue also refers to what they have imported. A
 * client that fails makes the product fail at once.
 */
export function startLoad(product: Product, options: LoadOptions): Load {
  return start(product, options, Infinity);
}

/** Has clients send so many requests, all in all, and waits for their answers. */
export async function sendLoad(product: Product, count: number, options: LoadOptions): Promise<Sent[]> {
  const load = start(product, options, count);
  return load.done();
}

function start(product: Product, options: LoadOptions, limit: number): Load & { done(): Promise<Sent[]> } {
  const { clients, kinds = MIX, url, keyed, maxAttempts, repeats, ...shape } = options;
  // Keys must differ between loads and runs; which ones they are decides nothing.
  const name = `load-${randomUUID()}`;
  const random = product.random.fork(`load ${loads.get(product) ?? 0}`);
  loads.set(product, (loads.get(product) ?? 0) + 1);

  const counters: LoadCounters = { requests: 0, completed: 0, attempts: 0, outcomes: {}, refusals: [] };
  const sent: Sent[] = [];
  const imported: Referable = { messages: [], offers: [] };
  let answered = Promise.withResolvers<Sent>();
  let remaining = limit;

  async function runClient(client: number): Promise<void> {
    const choices = random.fork(`client ${client}`);
    for (let number = 0; remaining > 0; number += 1) {
      remaining -= 1;
      counters.requests += 1;
      const kind = choices.pick(kinds);
      const request = buildRequest(kind, `${name}-${client}-${number}`, { ...shape, imported }, choices);
      await send(request);
    }
  }

  async function send(request: LabRequest): Promise<void> {
    const result = await sendRequest(product, request, {
      url,
      keyed,
      maxAttempts,
      repeats,
      onAttempt({ status, code }) {
        if (code !== undefined) counters.refusals.push(code);
        counters.attempts += 1;
        counters.outcomes[status] = (counters.outcomes[status] ?? 0) + 1;
      },
    });
    sent.push(result);
    if (result.ms === undefined) return;
    counters.completed += 1;
    remember(request);
    const waiting = answered;
    answered = Promise.withResolvers();
    waiting.resolve(result);
  }

  /** From the answer on, revenue can refer to it. */
  function remember({ kind, saved }: LabRequest): void {
    for (const { id, contact } of saved.slice(0, REMEMBERED)) {
      if (kind === 'offers' && id !== undefined) imported.offers.push(id);
      if (kind === 'sends' && id !== undefined && contact !== undefined) imported.messages.push({ id, contact });
    }
  }

  const running = Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)));
  running.catch((error: unknown) => product.fail(error instanceof Error ? error : new Error(String(error))));
  const done = () => running.then(() => sent);

  return {
    counters,
    nextAnswer: () => answered.promise,
    async stop() {
      remaining = 0;
      return done();
    },
    done,
  };
}

/** How many loads it has had, so that each makes choices of its own. */
const loads = new WeakMap<Product, number>();
