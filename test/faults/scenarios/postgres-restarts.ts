import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { expectRefusals, untilNoticed } from '../support/probes.ts';
import type { Stage } from '../support/stage.ts';

const RESTARTS = { short: 1, long: 5 };
const AWAY_MS = 2_500;
/** From then on, what is refused must be refused at once. */
const NOTICED_WITHIN_MS = 1_000;
const RECOVERED_WITHIN_MS = 30_000;

/** PostgreSQL crashes under load, stays away for a while, and comes back. Nobody restarts anything else. */
export const postgresRestarts: Scenario = {
  name: 'postgres-restarts',
  bound: 'drift 0, no chunk lost, 503 with Retry-After within 1 s meanwhile; the service recovers by itself',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    const [api] = await Promise.all([stage.startApi(), stage.startWorker(), stage.startWorker()]);
    const load = startLoad(stage, { account, clients: 8, recordsPerRequest: [100, 1000] });

    const restarts = stage.long ? RESTARTS.long : RESTARTS.short;
    const recoveries: number[] = [];
    const refusals: number[] = [];
    for (let restart = 1; restart <= restarts; restart += 1) {
      await load.nextAnswer();
      await stage.last(stage.random.integer(500, 1500));
      await untilNoticed(stage, api, NOTICED_WITHIN_MS, () => stage.postgres.crash());
      refusals.push(...(await expectRefusals(stage, account, AWAY_MS - NOTICED_WITHIN_MS)));
      await stage.postgres.start();

      const backAt = performance.now();
      const answered = load.counters.completed;
      await stage.until(() => load.counters.completed > answered, 'requests are answered again');
      const ms = Math.round(performance.now() - backAt);
      stage.within(RECOVERED_WITHIN_MS, ms, 'The first answer after the crash');
      recoveries.push(ms);
      stage.log(`crash ${restart} of ${restarts}: PostgreSQL was back, and ${ms} ms later the first answer came`);
    }

    return {
      restarts,
      'longest recovery ms': Math.max(...recoveries),
      'refusals while away': refusals.length,
      'slowest refusal ms': Math.max(...refusals),
      ...(await checkInvariants(stage, await load.stop())),
    };
  },
};
