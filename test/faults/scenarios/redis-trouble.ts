import { checkInvariants, untilNoChunkIsOpen } from '../../lab/invariants.ts';
import { countOpenChunks } from '../../lab/ledger.ts';
import { startLoad } from '../../lab/load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { expectRefusals, untilNoticed } from '../support/probes.ts';
import type { Stage } from '../support/stage.ts';

const AWAY_MS = { short: 5_000, long: 30_000 };
/** From then on, what is refused must be refused at once. */
const NOTICED_WITHIN_MS = 1_000;
const FINISHED_WITHIN_MS = 30_000;

/** Redis is killed and started again, emptied with jobs in it, and away for a while. */
export const redisTrouble: Scenario = {
  name: 'redis-trouble',
  bound: 'drift 0; 503 with Retry-After within 1 s while it is away; open imports finish within 30 s after',
  queues: ['redis'],

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    const api = await stage.startApi();
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
    await stage.until(async () => (await countOpenChunks(stage.sql)) >= shape.clients, 'all clients wait');
    await stage.redis.flush();
    const forgotten = await countOpenChunks(stage.sql);
    await Promise.all([stage.startWorker(), stage.startWorker()]);
    const [sentBefore, afterFlushMs] = await Promise.all([load.stop(), untilDone(stage)]);
    stage.log(`Redis was emptied with ${forgotten} chunks in the queue; all was done ${afterFlushMs} ms later`);

    const secondLoad = startLoad(stage, shape);
    await secondLoad.nextAnswer();
    const awayMs = stage.long ? AWAY_MS.long : AWAY_MS.short;
    await untilNoticed(stage, api, NOTICED_WITHIN_MS, () => stage.redis.kill());
    const refusals = await expectRefusals(stage, account, awayMs - NOTICED_WITHIN_MS);
    const open = await countOpenChunks(stage.sql);
    await stage.redis.start();
    const [sentMeanwhile, afterReturnMs] = await Promise.all([secondLoad.stop(), untilDone(stage)]);
    stage.log(
      `Redis was away for ${awayMs / 1000} s, with ${open} chunks open; all was done ${afterReturnMs} ms later`,
    );

    return {
      'chunks open at FLUSHALL': forgotten,
      'done after FLUSHALL ms': afterFlushMs,
      'refusals while away': refusals.length,
      'slowest refusal ms': Math.max(...refusals),
      'chunks open while away': open,
      'done after return ms': afterReturnMs,
      ...(await checkInvariants(stage, [...sentBefore, ...sentMeanwhile])),
    };
  },
};

/** @returns the milliseconds until no chunk was open */
async function untilDone(stage: Stage): Promise<number> {
  const startedAt = performance.now();
  await untilNoChunkIsOpen(stage);
  const ms = Math.round(performance.now() - startedAt);
  stage.within(FINISHED_WITHIN_MS, ms, 'Finishing what was open');
  return ms;
}
