import { checkInvariants } from '../../lab/invariants.ts';
import { countOpenChunks } from '../../lab/ledger.ts';
import { startLoad } from '../../lab/load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const KILLS = { short: 3, long: 50 };
const LONGEST_ANSWER_MS = 20_000;
/** Longer than any chunk takes: whoever waited for so long waited for a chunk to be taken over from a killed worker. */
const TAKEN_OVER_MS = 5_000;

/** Two workers under load; one after the other is killed in the middle of its work, and started again. */
export const workerKills: Scenario = {
  name: 'worker-kills',
  bound: `drift 0; every request is answered within ${LONGEST_ANSWER_MS / 1000} s, those of killed chunks too`,

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    const workers = [await stage.startWorker(), await stage.startWorker()];
    await stage.startApi();
    const load = startLoad(stage, { account, clients: 8, recordsPerRequest: [300, 1000], hotContacts: 200 });

    const kills = stage.long ? KILLS.long : KILLS.short;
    for (let kill = 1; kill <= kills; kill += 1) {
      await stage.until(async () => (await countOpenChunks(stage.sql)) > 0, 'chunks are in progress');
      await stage.last(stage.random.integer(0, 300));
      await workers.shift()?.kill();
      workers.push(await stage.startWorker());
      stage.log(`killed worker ${kill} of ${kills}; ${load.counters.completed} requests answered`);
    }

    const sent = await load.stop();
    const figures = await checkInvariants(stage, sent);
    stage.within(LONGEST_ANSWER_MS, Math.max(...sent.map(({ ms }) => ms ?? 0)), 'The longest answer');
    const takenOver = sent.filter(({ ms }) => ms !== undefined && ms > TAKEN_OVER_MS).length;
    return { kills, 'answers that waited for a takeover': takenOver, ...figures };
  },
};
