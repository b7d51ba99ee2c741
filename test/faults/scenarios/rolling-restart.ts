import type { Figures, Scenario } from '../scenario.ts';
import { checkInvariants } from '../support/invariants.ts';
import { startLoad } from '../support/load.ts';
import type { Exit, ServerProcess } from '../support/server-process.ts';
import type { Stage } from '../support/stage.ts';

const ROUNDS = { short: 1, long: 10 };
const LONGEST_EXIT_MS = 30_000;
const SUCCESSFUL = new Set(['200', '202']);

/** Two APIs and two workers are told to end, one at a time, and replaced, under load. */
export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  bound: 'no request fails, drift 0; every process ends by itself, with 0, within 30 s',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    const startApi = () => stage.startApi();
    const startWorker = () => stage.startWorker();
    let processes: Replaceable[] = await Promise.all(
      [startApi, startApi, startWorker, startWorker].map(async (start) => ({ process: await start(), start })),
    );
    const load = startLoad(stage, { account, clients: 8, recordsPerRequest: [100, 1000] });
    const exits: Exit[] = [];

    const rounds = stage.long ? ROUNDS.long : ROUNDS.short;
    for (let round = 1; round <= rounds; round += 1) {
      const replaced: Replaceable[] = [];
      for (const { process, start } of processes) {
        await load.nextAnswer();
        await stage.last(stage.random.integer(0, 200));
        exits.push(await process.terminate());
        replaced.push({ process: await start(), start });
      }
      processes = replaced;
      stage.log(`round ${round} of ${rounds}: replaced two APIs and two workers`);
    }

    const sent = await load.stop();
    const failed = Object.keys(load.counters.outcomes).filter((outcome) => !SUCCESSFUL.has(outcome));
    if (failed.length > 0) throw new Error(`Some requests failed: ${JSON.stringify(load.counters.outcomes)}`);
    const wrong = exits.filter(({ code, ms }) => code !== 0 || ms > LONGEST_EXIT_MS);
    if (wrong.length > 0) throw new Error(`Some processes did not end as they should: ${JSON.stringify(wrong)}`);
    return {
      restarts: exits.length,
      'longest exit ms': Math.max(...exits.map(({ ms }) => ms)),
      ...(await checkInvariants(stage, sent)),
    };
  },
};

interface Replaceable {
  process: ServerProcess;
  start: () => Promise<ServerProcess>;
}
