import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import type { Stalled } from '../../lab/proxy.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { expectRefusals, untilNoticed } from '../support/probes.ts';
import type { Stage } from '../support/stage.ts';

const STALL_MS = { short: 2_500, long: 8_000 };
/** A server that is silent is noticed later than one that is gone. */
const NOTICED_WITHIN_MS = 1_500;

interface Trouble {
  stalled: Stalled;
  ending: 'resumed' | 'reset';
}

const STALLS: readonly Trouble[] = [
  { stalled: 'everything', ending: 'resumed' },
  { stalled: 'everything', ending: 'reset' },
  { stalled: 'answers', ending: 'resumed' },
];

/** Nothing gets through between the API and PostgreSQL, or no answers do: then it cannot know what it has accepted. */
export const apiStall: Scenario = {
  name: 'api-stall',
  bound: 'drift 0; 503 within 1 s meanwhile; a 503 means that nothing was accepted, even without a key',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    const [api] = await Promise.all([stage.startApi(), stage.startWorker()]);
    const shape = { account, clients: 8, recordsPerRequest: [100, 1000] } as const;
    const loads = [startLoad(stage, shape), startLoad(stage, { ...shape, keyed: false })];
    const answered = () => loads.reduce((sum, { counters }) => sum + counters.completed, 0);
    const { apiToPostgres } = stage.links;
    const stallMs = stage.long ? STALL_MS.long : STALL_MS.short;
    const refusals: number[] = [];

    const rounds = stage.long ? 10 : 1;
    const answersLost = Array.from({ length: rounds }, (): Trouble => ({ stalled: 'answers', ending: 'reset' }));
    for (const { stalled, ending } of [...STALLS, ...answersLost]) {
      await Promise.all(loads.map((load) => load.nextAnswer()));
      await stage.last(stage.random.integer(0, 500));
      await untilNoticed(stage, api, NOTICED_WITHIN_MS, () => apiToPostgres.stall(stalled));
      refusals.push(...(await expectRefusals(stage, account, stallMs - NOTICED_WITHIN_MS)));
      if (ending === 'reset') apiToPostgres.reset();
      apiToPostgres.resume();
      const before = answered();
      await stage.until(() => answered() > before, 'requests are answered again');
      stage.log(`stalled ${stalled} for ${stallMs / 1000} s, then ${ending}: requests are answered again`);
    }

    const sent = (await Promise.all(loads.map((load) => load.stop()))).flat();
    return {
      refusals: refusals.length,
      'slowest refusal ms': Math.max(...refusals),
      ...(await checkInvariants(stage, sent)),
    };
  },
};
