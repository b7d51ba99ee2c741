import { sendRequest, type Sent } from '../../lab/client.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import { buildRequest, MIX } from '../../lab/requests/index.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const ROUNDS = { short: 12, long: 500 };
const CALLERS = 20;

/** Many clients send the same request with the same key at the same time, to two APIs. */
export const sameRequestAtOnce: Scenario = {
  name: 'same-request-at-once',
  bound: `${CALLERS} identical keyed requests at once have 1 effect a round, and ${CALLERS} equal answers`,

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 100, offers: 10 });
    await Promise.all([stage.startApi(), stage.startApi(), stage.startWorker(), stage.startWorker()]);
    const choices = stage.random.fork('requests');

    const rounds = stage.long ? ROUNDS.long : ROUNDS.short;
    const sent: Sent[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const shape = { account, recordsPerRequest: [1, 100] as const };
      const request = buildRequest(choices.pick(MIX), `round-${round}`, shape, choices);
      const callers = Array.from({ length: CALLERS }, () => sendRequest(stage, request));
      sent.push(asOne(await Promise.all(callers)));
      if (round % 100 === 0) stage.log(`${round} of ${rounds} rounds`);
    }
    return { rounds, ...(await checkInvariants(stage, sent)) };
  },
};

/** What several clients were told about one request. */
function asOne(callers: Sent[]): Sent {
  const [first] = callers;
  if (!first) throw new Error('Nobody has called.');
  return {
    request: first.request,
    attempts: callers.flatMap(({ attempts }) => attempts),
    importIds: new Set(callers.flatMap(({ importIds }) => [...importIds])),
    answers: callers.flatMap(({ answers }) => answers),
    ms: Math.max(...callers.map(({ ms }) => ms ?? 0)),
  };
}
