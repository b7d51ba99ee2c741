import { checkInvariants } from '../../lab/invariants.ts';
import { sendLoad } from '../../lab/load.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const REQUESTS = { short: 30, long: 1_000 };
const DROPPED = 0.1;
const REPEATS = 2;

/** The network loses answers, and clients send everything again, whether they had an answer or not. */
export const droppedResponses: Scenario = {
  name: 'dropped-responses',
  bound: `with ${DROPPED * 100} % of responses lost and every request sent ${REPEATS + 1} times: drift 0, totals exact`,

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 500, offers: 20 });
    await Promise.all([stage.startApi(), stage.startWorker(), stage.startWorker()]);
    stage.balancer.dropResponses(DROPPED, stage.random.fork('drops'));
    const sent = await sendLoad(stage, stage.long ? REQUESTS.long : REQUESTS.short, {
      account,
      clients: 8,
      recordsPerRequest: [1, 1000],
      repeats: REPEATS,
    });
    stage.log(`${stage.balancer.dropped} answers did not get through`);
    if (stage.balancer.dropped === 0) throw new Error('No answer was lost.');
    return { 'answers lost': stage.balancer.dropped, ...(await checkInvariants(stage, sent)) };
  },
};
