import { REVENUE_PATH } from '../../support/http.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { checkInvariants, untilNoChunkIsOpen } from '../support/invariants.ts';
import { countOpenChunks } from '../support/ledger.ts';
import { startLoad } from '../support/load.ts';
import { buildRevenueRequest } from '../support/revenue-request.ts';
import type { Account } from '../support/catalog.ts';
import type { Stage } from '../support/stage.ts';

const AWAY_MS = { short: 5_000, long: 30_000 };
/** From here on, what is refused must be refused at once. */
const NOTICED_AFTER_MS = 1_000;
const LONGEST_REFUSAL_MS = 1_000;
const FINISH_TIMEOUT_MS = 30_000;
const PROBE_EVERY_MS = 250;

/** Redis is restarted, emptied, and away for a while. */
export const redisTrouble: Scenario = {
  name: 'redis-trouble',
  bound: 'drift 0; 503 with Retry-After within 1 s while it is away; open imports finish within 30 s after',
  queues: ['redis'],

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    await stage.startApi();
    const workers = await Promise.all([stage.startWorker(), stage.startWorker()]);
    const shape = { account, clients: 8, recordsPerRequest: [100, 1000] } as const;
    const load = startLoad(stage, shape);
    await load.nextAnswer();

    await stage.redis.kill();
    await stage.redis.start();
    await load.nextAnswer();
    stage.log('Redis was killed and started again under load, and requests are answered');

    // Without workers the queue fills: FLUSHALL then takes jobs with it for certain.
    await Promise.all(workers.map((worker) => worker.kill()));
    await stage.until(async () => (await countOpenChunks(stage.sql)) >= shape.clients, 10_000, 'the queue is full');
    await stage.redis.flush();
    const forgotten = await countOpenChunks(stage.sql);
    await Promise.all([stage.startWorker(), stage.startWorker()]);
    const flushedAt = performance.now();
    const sent = await load.stop();
    await untilNoChunkIsOpen(stage, FINISH_TIMEOUT_MS);
    const afterFlushMs = Math.round(performance.now() - flushedAt);
    stage.log(`Redis was emptied with ${forgotten} chunks in the queue; all done ${afterFlushMs} ms later`);
    if (afterFlushMs > FINISH_TIMEOUT_MS) throw new Error('Open imports took too long after FLUSHALL.');

    const secondLoad = startLoad(stage, shape);
    await secondLoad.nextAnswer();
    await stage.redis.kill();
    const awayMs = stage.long ? AWAY_MS.long : AWAY_MS.short;
    await stage.last(NOTICED_AFTER_MS);
    const refusals = await probe(stage, account, awayMs - NOTICED_AFTER_MS);
    const open = await countOpenChunks(stage.sql);
    await stage.redis.start();
    await untilNoChunkIsOpen(stage, FINISH_TIMEOUT_MS);
    stage.log(
      `Redis was away for ${awayMs / 1000} s, with ${open} chunks open; ${refusals.length} probes were refused`,
    );

    const figures = await checkInvariants(stage, [...sent, ...(await duringAbsence)]);
    return {
      'chunks open at FLUSHALL': forgotten,
      'ms until done after FLUSHALL': afterFlushMs,
      'refusals while away': refusals.length,
      'slowest refusal ms': Math.max(...refusals),
      ...figures,
    };
  },
};

/** Sends a request now and then, each of which must be refused at once; returns how long each refusal took. */
async function probe(stage: Stage, account: Account, forMs: number): Promise<number[]> {
  const choices = stage.random.fork('probes');
  const until = performance.now() + forMs;
  const refusals: number[] = [];
  while (performance.now() < until) {
    const { body } = buildRevenueRequest('probe', { account, recordsPerRequest: [1, 10] }, choices);
    const startedAt = performance.now();
    const response = await fetch(stage.url + REVENUE_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': account.apiKey },
      body,
      signal: stage.signal,
    });
    const ms = Math.round(performance.now() - startedAt);
    await response.body?.cancel();
    if (response.status !== 503 || !response.headers.has('retry-after') || ms > LONGEST_REFUSAL_MS) {
      const retryAfter = response.headers.get('retry-after');
      throw new Error(`Without Redis, a request got ${response.status} (Retry-After: ${retryAfter}) after ${ms} ms.`);
    }
    refusals.push(ms);
    await stage.last(PROBE_EVERY_MS);
  }
  return refusals;
}
