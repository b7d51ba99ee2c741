import { Redis } from 'ioredis';

import type { Bench } from '../contestants/contestant.ts';
import { runProduct } from '../contestants/product-run.ts';
import type { HistoryFiles } from '../data/history.ts';
import type { LoneRound } from '../report/results.ts';
import { openChunkStatements, readBatches, timed } from './statements.ts';

/** Requests, then statements, then requests: whatever else the machine does meets both. */
const BLOCK = 5;

/** Blocks before those that count. */
const WARM_UP_BLOCKS = 4;

export interface LoneOptions {
  recordsPerRequest: number;
  files: HistoryFiles;
  databaseUrl: string;
  round: number;
  /** How many of each. */
  requests: number;
}

/** Sends one request at a time, and has the statements of the same records carried out by themselves. */
export async function measureLone(bench: Bench, options: LoneOptions): Promise<LoneRound> {
  const { recordsPerRequest, files, databaseUrl, round, requests } = options;
  await using resources = new AsyncDisposableStack();
  const product = resources.use(await runProduct(bench, { databaseUrl }));
  const statements = resources.use(openChunkStatements(databaseUrl));
  const redis = resources.adopt(new Redis(bench.servers.redisUrl), (client) => client.disconnect());
  const batches = await readBatches(files.bodies, loneRequestsNeeded(requests));

  const { client } = product;
  let result = nothing(round, recordsPerRequest);

  async function sendRequests(first: number, count: number): Promise<void> {
    const order = product.load(files, { first, requests: count, connections: 1, keyPrefix: `lone-${round}` });
    result.requests.push(...(await client.send(order)).milliseconds);
  }

  async function runStatements(first: number, count: number): Promise<void> {
    for (const batch of batches.slice(first, first + count)) {
      const { accept, save, readOutcome } = await statements.run(batch);
      result.accept.push(accept);
      result.save.push(save);
      result.readOutcome.push(readOutcome);
    }
  }

  async function measureParts(count: number): Promise<void> {
    for (let number = 0; number < count; number += 1) {
      result.selectOne.push(await statements.selectOne());
      result.redis.push(await timed(() => redis.ping()));
    }
    const answers = await client.ask({ address: `${product.url}/healthz`, requests: count });
    result.http.push(...answers.milliseconds);
  }

  async function measureBlock(first: number, isOdd: boolean): Promise<void> {
    // Which of both comes first changes from block to block: the other finds what it reads in memory.
    if (isOdd) await runStatements(first, BLOCK);
    await sendRequests(first, BLOCK);
    if (!isOdd) await runStatements(first, BLOCK);
    await measureParts(BLOCK);
  }

  for (let block = 0; block < WARM_UP_BLOCKS; block += 1) await measureBlock(block * BLOCK, block % 2 === 1);
  result = nothing(round, recordsPerRequest);
  const blocks = Math.ceil(requests / BLOCK);
  for (let block = 0; block < blocks; block += 1) {
    await measureBlock((WARM_UP_BLOCKS + block) * BLOCK, block % 2 === 1);
  }
  return result;
}

/** How many requests must be there to be sent. */
export function loneRequestsNeeded(requests: number): number {
  return (WARM_UP_BLOCKS + Math.ceil(requests / BLOCK)) * BLOCK;
}

function nothing(round: number, recordsPerRequest: number): LoneRound {
  return {
    round,
    recordsPerRequest,
    requests: [],
    accept: [],
    save: [],
    readOutcome: [],
    selectOne: [],
    redis: [],
    http: [],
  };
}
