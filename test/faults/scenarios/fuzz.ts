import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { Account } from '../../lab/catalog.ts';
import { refusalCode } from '../../lab/client.ts';
import { checkDrift } from '../../lab/invariants.ts';
import { findSecrets } from '../../lab/logs.ts';
import { HANGS_AFTER_MS } from '../../support/limits.ts';
import { asCurl, exchange, type Answer } from '../fuzz/exchange.ts';
import { LIMIT_BYTES } from '../fuzz/expectation.ts';
import { hunt } from '../fuzz/hunt.ts';
import { judge, judgeCompleted, type PendingImport } from '../fuzz/judge.ts';
import { errorsInLog } from '../fuzz/log.ts';
import { malformedExchanges } from '../fuzz/malformed.ts';
import { asNodeCommand, exchangeRaw } from '../fuzz/raw-exchange.ts';
import { fuzzRequests, PATHS, type FuzzAccount, type FuzzRequest } from '../fuzz/requests.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const REQUESTS = { short: 2_500, long: 100_000 };
const CONNECTIONS = { short: 150, long: 1_000 };
const CATALOG = { contacts: 20, offers: 3 };
const LANES = 64;
const RAW_LANES = 16;
/** What an API logs when a server does not answer it in time, as on a machine that is too busy. */
const NOT_IN_TIME =
  /the server does not answer|cannot be reached|connection timeout|timeout exceeded when trying to connect|Query read timeout/;
const REFUSED_PAUSE_MS = 100;
const LARGEST_SEED = 2 ** 30;
const PROGRESS_EVERY = 10_000;
const SHOWN_LINES = 10;
/** So short that whoever waits much longer waits for nothing. */
const SYNC_WAIT_MS = 3_000;
/** Whatever takes longer hangs. */
const ANSWERED_WITHIN_MS = 10_000;

/** Bodies, headers and bytes that no client should send. */
export const fuzz: Scenario = {
  name: 'fuzz',
  bound:
    'any bytes: never a 5xx unless the machine is too busy, never a hang, the documented answer, exact counts, no error in the log',
  runsAlone: true,
  async run(stage) {
    const api = await stage.startApi({ SYNC_WAIT_MS: String(SYNC_WAIT_MS) });
    const worker = await stage.startWorker();
    const [account, rawAccount] = [await stage.addAccount(CATALOG), await stage.addAccount(CATALOG)];
    using agent = disposableAgent();
    const client = new FuzzClient(api.url, agent.agent, fuzzAccountOf(account));

    const length = stage.long ? 'long' : 'short';
    const seed = stage.random.integer(0, LARGEST_SEED);
    stage.log(`seed ${seed}`);
    const startedAt = performance.now();
    await hunt({
      values: fuzzRequests(client.account),
      count: REQUESTS[length],
      seed,
      lanes: LANES,
      signal: stage.signal,
      check: (request) => client.check(request),
      describe: (request) => asCurl(api.url, request),
      onProgress: (tried) => {
        if (tried % PROGRESS_EVERY === 0) stage.log(`${tried} requests`);
      },
    });
    const seconds = (performance.now() - startedAt) / 1000;
    await hunt({
      values: malformedExchanges(fuzzAccountOf(rawAccount)),
      count: CONNECTIONS[length],
      seed,
      lanes: RAW_LANES,
      signal: stage.signal,
      check: async (bytes) => void client.refusals.push(...(await exchangeRaw(api.url, bytes))),
      describe: (bytes) => asNodeCommand(api.url, bytes),
    });

    const notInTime = errorsInLog(await api.logs()).filter((line) => NOT_IN_TIME.test(line));
    await stage.excuseRefusals([...client.refusals, ...notInTime.map(() => 'unavailable')]);
    stage.within(ANSWERED_WITHIN_MS, Math.round(client.slowestMs), 'The slowest answer');
    await stage.until(() => client.isReady(), 'the API is ready');
    await client.checkAlive();
    await stage.until(() => client.areAllCompleted(), 'all imports are completed');
    for (const process of [api, worker]) {
      const death = process.diedByItself();
      if (death) throw new Error(death);
      const secrets = await findSecrets(process.logFile, [...account.secrets, ...rawAccount.secrets]);
      const errors = [...errorsInLog(await process.logs()).filter((line) => !NOT_IN_TIME.test(line)), ...secrets];
      if (errors.length > 0) throw new Error(`${process.name} logged:\n${errors.slice(0, SHOWN_LINES).join('\n')}`);
    }
    const rows = await checkRows(stage, account, client.savedRecords());
    await checkRows(stage, rawAccount);
    return {
      requests: REQUESTS[length],
      connections: CONNECTIONS[length],
      'requests per second': Math.round(REQUESTS[length] / seconds),
      'longest answer ms': Math.round(client.slowestMs),
      statuses: [...client.statuses]
        .map(([status, count]) => `${status}: ${count}`)
        .toSorted()
        .join(', '),
      'hang-ups': client.hangUps,
      rows,
    };
  },
};

/** Sends requests, holds their answers against the contract, and remembers what they promised. */
class FuzzClient {
  readonly account: FuzzAccount;
  readonly statuses = new Map<number, number>();
  slowestMs = 0;
  /** On bodies that are too large. */
  hangUps = 0;
  /** Codes of the requests that were refused with 503. */
  readonly refusals: string[] = [];
  readonly #url: string;
  readonly #agent: Agent;
  readonly #savedRecords = new Map<string, number>();
  readonly #pending = new Map<string, PendingImport>();

  constructor(url: string, agent: Agent, account: FuzzAccount) {
    this.#url = url;
    this.#agent = agent;
    this.account = account;
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
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    this.#remember(judge(request, answer, this.account), answer);
  }

  async isReady(): Promise<boolean> {
    return (await this.#get('/readyz')).status === 200;
  }

  /** @throws when a valid request is not answered as ever */
  async checkAlive(): Promise<void> {
    const [message_id] = this.account.messageIds;
    const [offer_id] = this.account.offerIds;
    const body = Buffer.from(JSON.stringify({ records: [{ message_id, offer_id, revenue: 1 }] }));
    const headers = { 'content-type': 'application/json', 'x-api-key': this.account.apiKey };
    await this.check({ method: 'POST', path: PATHS[0] ?? '', headers, body, chunked: false });
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
    const headers = { 'x-api-key': this.account.apiKey };
    return exchange(this.#url, this.#agent, { method: 'GET', path, headers, body: Buffer.alloc(0), chunked: false });
  }
}

/** A server need not read on to the end of what is too large, and then its answer can be lost with the connection. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET');
}

function fuzzAccountOf({ apiKey, messages, orphan, offers }: Account): FuzzAccount {
  return { apiKey, messageIds: messages.map(({ id }) => id), orphanId: orphan, offerIds: offers };
}

function disposableAgent(): { agent: Agent } & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}

/** @throws when contacts' stats are not those of their rows, or there are other rows than were answered */
async function checkRows(stage: Stage, { id }: Account, expected?: number): Promise<number> {
  const [drift] = await checkDrift(stage, [id]);
  if (drift !== undefined) throw new Error(drift);

  const query = 'SELECT count(*)::integer AS count FROM revenue_records WHERE account_id = $1';
  const { rows } = await stage.sql.query<{ count: number }>(query, [id]);
  const count = rows[0]?.count ?? 0;
  if (expected !== undefined && count !== expected) throw new Error(`${count} rows for ${expected} saved records.`);
  return count;
}
