import type { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { refusalCode } from '../../lab/client.ts';
import { HANGS_AFTER_MS } from '../../support/limits.ts';
import type { Endpoint } from './endpoints.ts';
import { exchange, type Answer } from './exchange.ts';
import { LIMIT_BYTES } from './expectation.ts';
import { judge, judgeCompleted, type PendingImport } from './judge.ts';
import { judgeRead, type Read } from './reads.ts';
import type { FuzzRequest } from './requests.ts';

const REFUSED_PAUSE_MS = 100;

/** Sends requests, holds their answers against the contract, and remembers what they promised. */
export class FuzzClient {
  readonly endpoint: Endpoint;
  readonly statuses: number[] = [];
  slowestMs = 0;
  /** On bodies that are too large. */
  hangUps = 0;
  /** Codes of the requests that were refused with 503. */
  readonly refusals: string[] = [];
  readonly #url: string;
  readonly #agent: Agent;
  readonly #savedRecords = new Map<string, number>();
  readonly #pending = new Map<string, PendingImport>();

  constructor(url: string, agent: Agent, endpoint: Endpoint) {
    this.#url = url;
    this.#agent = agent;
    this.endpoint = endpoint;
  }

  async check(request: FuzzRequest): Promise<void> {
    const answer = await this.#send(request).catch((error: unknown) => {
      if (isHangUp(error) && request.body.length > LIMIT_BYTES) return undefined;
      throw error;
    });
    if (!answer) {
      this.hangUps += 1;
      return;
    }
    this.statuses.push(answer.status);
    this.#remember(judge(request, answer, this.endpoint), answer);
  }

  async checkRead(read: Read): Promise<void> {
    const answer = await this.#send(read.request);
    this.statuses.push(answer.status);
    judgeRead(read, answer);
  }

  async isReady(): Promise<boolean> {
    return (await this.#get('/readyz')).status === 200;
  }

  /** @throws when a valid request is not answered as ever */
  async checkAlive(): Promise<void> {
    const [message_id] = this.endpoint.messageIds;
    const [offer_id] = this.endpoint.offerIds;
    const body = Buffer.from(JSON.stringify({ records: [{ message_id, offer_id, revenue: 1 }] }));
    const headers = { 'content-type': 'application/json', 'x-api-key': this.endpoint.apiKey };
    await this.check({ method: 'POST', path: this.endpoint.paths[0] ?? '', headers, body, chunked: false });
  }

  /** @throws when one is completed with another result than its records have */
  async areAllCompleted(): Promise<boolean> {
    for (const [importId, pending] of this.#pending) {
      const answer = await this.#get(pending.statusUrl);
      const savedRecords = judgeCompleted(pending, answer);
      if (savedRecords === undefined) return false;
      this.#savedRecords.set(importId, savedRecords);
      this.#pending.delete(importId);
    }
    return true;
  }

  /** Of all imports together, each counted once however often it was answered. */
  savedRecords(): number {
    return this.#savedRecords.values().reduce((sum, count) => sum + count, 0);
  }

  /** Sends it again when it is refused, for then it was not even looked at. The last refusal is an answer like another. */
  async #send(request: FuzzRequest): Promise<Answer> {
    const givesUpAt = performance.now() + HANGS_AFTER_MS;
    for (;;) {
      const startedAt = performance.now();
      const answer = await exchange(this.#url, this.#agent, request);
      this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
      if (answer.status !== 503 || performance.now() > givesUpAt) return answer;
      this.refusals.push(refusalCode(answer));
      await delay(REFUSED_PAUSE_MS);
    }
  }

  #remember(outcome: PendingImport | number | undefined, answer: Answer): void {
    const importId = String(answer.headers['x-import-id']);
    if (typeof outcome === 'number') this.#savedRecords.set(importId, outcome);
    else if (outcome) this.#pending.set(importId, outcome);
  }

  #get(path: string): Promise<Answer> {
    const headers = { 'x-api-key': this.endpoint.apiKey };
    return exchange(this.#url, this.#agent, { method: 'GET', path, headers, body: Buffer.alloc(0), chunked: false });
  }
}

/** A server need not read on to the end of what is too large, and then its answer can be lost with the connection. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET');
}
