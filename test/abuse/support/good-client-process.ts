import { setTimeout as delay } from 'node:timers/promises';

import { exchange, refusalCode, sendRequest, type Attempt, type Reach, type Sent } from '../../lab/client.ts';
import { createRandom } from '../../lab/random.ts';
import { buildRevenueRequest } from '../../lab/requests/revenue.ts';
import type { GoodClientOptions, Measured, Shift } from './good-client.ts';
import { answerOrder, takeOrders } from './orders.ts';

// A client that does as it should: is told who it is, and then how long to work, again and again.

const SIZES = [100, 1000];

let options: GoodClientOptions | undefined;
let imports = 0;

process.on('message', (order: GoodClientOptions | Shift) => answerOrder('ms' in order ? work(order) : begin(order)));
takeOrders();

async function begin(order: GoodClientOptions): Promise<void> {
  options = order;
}

async function work({ ms, hasPauses }: Shift): Promise<Measured> {
  if (!options) throw new Error('Nobody has said who the client is.');
  const { pauseMs = 0, readsReports = false } = options;
  const measured: Measured = { sent: [], reports: [] };
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt) {
    measured.sent.push(await sendImport(options));
    if (readsReports) measured.reports.push(await readReport(options));
    if (hasPauses && pauseMs > 0) await delay(pauseMs);
  }
  return measured;
}

async function sendImport({ url, account, seed, isCompressed }: GoodClientOptions): Promise<Sent> {
  const size = SIZES[imports % SIZES.length] ?? 1;
  imports += 1;
  const key = `good-${imports}`;
  const random = createRandom(`${seed}/${key}`);
  const request = buildRevenueRequest(key, { account, recordsPerRequest: [size, size] }, random);
  const sent = await sendRequest(reachOf(url), request, { isCompressed });
  return { ...sent, request: { ...request, body: '' } };
}

async function readReport({ url, account }: GoodClientOptions): Promise<Attempt> {
  const startedAt = performance.now();
  const address = `${url}/api/v2/reports/revenue?by=month`;
  const reply = await exchange(reachOf(url), address, { headers: { 'x-api-key': account.apiKey } });
  return {
    status: reply?.status ?? 'lost',
    ms: Math.round(performance.now() - startedAt),
    ...(reply && reply.status !== 200 && { code: refusalCode(reply) }),
  };
}

/** It takes what it gets, however late: how late is judged by who has ordered it. */
function reachOf(url: string): Reach {
  return { url, signal: new AbortController().signal, within: () => undefined, last: (ms) => delay(ms) };
}
