import { Agent } from 'node:http';

import type { ImportKind } from '@trackly/contract';

import type { Account } from '../../lab/catalog.ts';
import { checkDrift } from '../../lab/invariants.ts';
import { findSecrets } from '../../lab/logs.ts';
import { FuzzClient } from '../fuzz/client.ts';
import { asCurl } from '../fuzz/exchange.ts';
import { hunt } from '../fuzz/hunt.ts';
import { othersOf, revenueOf, type FuzzAccount } from '../fuzz/endpoints.ts';
import { errorsInLog } from '../fuzz/log.ts';
import { malformedExchanges } from '../fuzz/malformed.ts';
import { asNodeCommand, exchangeRaw } from '../fuzz/raw-exchange.ts';
import { reads } from '../fuzz/reads.ts';
import { fuzzRequests } from '../fuzz/requests.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const REQUESTS = { short: 2_500, long: 100_000 };
/** Of the other kinds. */
const OTHER_REQUESTS = { short: 750, long: 30_000 };
const READS = { short: 400, long: 10_000 };
const CONNECTIONS = { short: 150, long: 1_000 };
const CATALOG = { contacts: 20, offers: 3 };
const LANES = 64;
const RAW_LANES = 16;
/** What an API logs when a server does not answer it in time, as on a machine that is too busy. */
const NOT_IN_TIME =
  /the server does not answer|cannot be reached|connection timeout|timeout exceeded when trying to connect|Query read timeout/;
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
    const account = await stage.addAccount(CATALOG);
    const otherAccount = await stage.addAccount(CATALOG);
    const rawAccount = await stage.addAccount(CATALOG);
    using agent = disposableAgent();
    const client = new FuzzClient(api.url, agent.agent, revenueOf(await readFuzzAccount(stage, account)));
    const fuzzAccount = await readFuzzAccount(stage, otherAccount);
    const others = othersOf(fuzzAccount).map((each) => new FuzzClient(api.url, agent.agent, each));
    const clients = [client, ...others];
    const savedBy = (kind: ImportKind) => others.find(({ endpoint }) => endpoint.kind === kind)?.savedRecords() ?? 0;

    const length = stage.long ? 'long' : 'short';
    const seed = stage.random.integer(0, LARGEST_SEED);
    stage.log(`seed ${seed}`);
    const common = { seed, lanes: LANES, signal: stage.signal };
    const startedAt = performance.now();
    for (const each of clients) {
      const { kind } = each.endpoint;
      await hunt({
        ...common,
        values: fuzzRequests(each.endpoint),
        count: kind === 'revenue' ? REQUESTS[length] : OTHER_REQUESTS[length],
        check: (request) => each.check(request),
        describe: (request) => asCurl(api.url, request),
        onProgress: (tried) => {
          if (tried % PROGRESS_EVERY === 0) stage.log(`${tried} requests of ${kind}`);
        },
      });
    }
    await hunt({
      ...common,
      values: reads(fuzzAccount),
      count: READS[length],
      check: (read) => client.checkRead(read),
      describe: ({ request }) => asCurl(api.url, request),
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const requests = REQUESTS[length] + others.length * OTHER_REQUESTS[length] + READS[length];
    await hunt({
      ...common,
      lanes: RAW_LANES,
      values: malformedExchanges(rawAccount),
      count: CONNECTIONS[length],
      check: async (bytes) => void client.refusals.push(...(await exchangeRaw(api.url, bytes))),
      describe: (bytes) => asNodeCommand(api.url, bytes),
    });

    const notInTime = errorsInLog(await api.logs()).filter((line) => NOT_IN_TIME.test(line));
    const refusals = clients.flatMap((each) => each.refusals);
    const slowestMs = Math.round(Math.max(...clients.map((each) => each.slowestMs)));
    await stage.excuseRefusals([...refusals, ...notInTime.map(() => 'unavailable')]);
    stage.within(ANSWERED_WITHIN_MS, slowestMs, 'The slowest answer');
    await stage.until(() => client.isReady(), 'the API is ready');
    await client.checkAlive();
    for (const each of clients) await stage.until(() => each.areAllCompleted(), 'all imports are completed');
    const allSecrets = [account, otherAccount, rawAccount].flatMap(({ secrets }) => secrets);
    for (const process of [api, worker]) {
      const death = process.diedByItself();
      if (death) throw new Error(death);
      const secrets = await findSecrets(process.logFile, allSecrets);
      const errors = [...errorsInLog(await process.logs()).filter((line) => !NOT_IN_TIME.test(line)), ...secrets];
      if (errors.length > 0) throw new Error(`${process.name} logged:\n${errors.slice(0, SHOWN_LINES).join('\n')}`);
    }
    const rows = await checkRows(stage, account, { revenue: client.savedRecords() });
    const otherRows = await checkRows(stage, otherAccount, {
      sends: savedBy('sends'),
      offers: savedBy('offers'),
    });
    await checkRows(stage, rawAccount);
    return {
      requests,
      connections: CONNECTIONS[length],
      'requests per second': Math.round(requests / seconds),
      'longest answer ms': slowestMs,
      statuses: [
        ...Map.groupBy(
          clients.flatMap(({ statuses }) => statuses),
          (status) => status,
        ),
      ]
        .map(([status, { length: count }]) => `${status}: ${count}`)
        .toSorted()
        .join(', '),
      'hang-ups': clients.reduce((sum, each) => sum + each.hangUps, 0),
      rows,
      'rows of other kinds': otherRows,
    };
  },
};

async function readFuzzAccount(stage: Stage, { id, apiKey, messages, orphan, offers }: Account): Promise<FuzzAccount> {
  const { rows } = await stage.sql.query<{ id: number; number: string }>(
    'SELECT id::integer, list_number AS number FROM sending_lists WHERE account_id = $1',
    [id],
  );
  const lists = new Map(rows.map((list) => [list.id, list.number]));
  return { apiKey, messageIds: messages.map((message) => message.id), orphanId: orphan, offerIds: offers, lists };
}

function disposableAgent(): { agent: Agent } & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}

/**
 * @param saved records of the kinds that make a row for each
 * @returns the number of rows
 * @throws when contacts' stats are not those of their rows, or there are other rows than were answered
 */
async function checkRows(stage: Stage, { id }: Account, saved: Record<string, number> = {}): Promise<number> {
  const [drift] = await checkDrift(stage, [id]);
  if (drift !== undefined) throw new Error(drift);

  const { rows } = await stage.sql.query<{ kind: string; count: number }>(
    `SELECT kind, count(*)::integer AS count
     FROM (
       SELECT 'revenue' AS kind FROM revenue_records WHERE account_id = $1
       UNION ALL SELECT 'sends' FROM messages WHERE account_id = $1 AND import_id IS NOT NULL
       UNION ALL SELECT 'offers' FROM offers WHERE account_id = $1 AND import_id IS NOT NULL
     ) AS each
     GROUP BY kind`,
    [id],
  );
  for (const [kind, expected] of Object.entries(saved)) {
    const count = rows.find((row) => row.kind === kind)?.count ?? 0;
    if (count !== expected) throw new Error(`${count} rows for ${expected} saved records of ${kind}.`);
  }
  return rows.reduce((sum, { count }) => sum + count, 0);
}
