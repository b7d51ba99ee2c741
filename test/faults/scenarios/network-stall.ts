import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const STALL_MS = { short: 3_000, long: 15_000 };
const RECOVERED_WITHIN_MS = 30_000;

/** Nothing gets through between the workers and PostgreSQL; then all their connections are gone. */
export const networkStall: Scenario = {
  name: 'network-stall',
  bound: 'drift 0',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    await Promise.all([stage.startApi(), stage.startWorker(), stage.startWorker()]);
    const load = startLoad(stage, { account, clients: 8, recordsPerRequest: [100, 1000] });
    await load.nextAnswer();
    await stage.last(stage.random.integer(500, 1500));

    const stallMs = stage.long ? STALL_MS.long : STALL_MS.short;
    const { workerToPostgres } = stage.links;
    workerToPostgres.stall();
    stage.log(`stalled the network between workers and PostgreSQL for ${stallMs / 1000} s`);
    await stage.last(stallMs);
    workerToPostgres.reset();
    workerToPostgres.resume();
    const answered = load.counters.completed;
    const resetAt = performance.now();
    await stage.until(() => load.counters.completed > answered, 'requests are answered again');
    const recoveryMs = Math.round(performance.now() - resetAt);
    stage.within(RECOVERED_WITHIN_MS, recoveryMs, 'The first answer after the stall');
    stage.log(`reset it; ${recoveryMs} ms later the first answer came`);

    const figures = await checkInvariants(stage, await load.stop());
    return { 'stall ms': stallMs, 'recovery ms': recoveryMs, ...figures };
  },
};
