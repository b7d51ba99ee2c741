import type { ImportKind } from '@trackly/contract';

import { checkInvariants } from '../../lab/invariants.ts';
import { sendLoad, startLoad } from '../../lab/load.ts';
import { percentile } from '../../lab/percentile.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const FLOODING_CLIENTS = 100;
const REQUESTS = { short: 25, long: 200 };
const LONGEST_P95_MS = 2_000;

export const floods: readonly Scenario[] = [scenarioOf('flood', 'revenue'), scenarioOf('flood-of-sends', 'sends')];

/** One account keeps 100 requests of 1,000 records open at any time, while another sends one small request at a time. */
function scenarioOf(name: string, kind: ImportKind): Scenario {
  return {
    name,
    bound: `while account A floods 100,000 records of ${kind}, p95 of account B's single chunks is at most ${LONGEST_P95_MS} ms`,
    runsAlone: true,
    run: (stage) => run(stage, kind),
  };
}

async function run(stage: Stage, kind: ImportKind): Promise<Figures> {
  const [flooding, modest] = await Promise.all([
    stage.addAccount({ contacts: 2_000, offers: 50 }),
    stage.addAccount({ contacts: 100, offers: 10 }),
  ]);
  const api = await stage.startApi();
  await stage.startWorker();

  const { url } = api;
  const load = startLoad(stage, {
    account: flooding,
    kinds: [kind],
    clients: FLOODING_CLIENTS,
    recordsPerRequest: [1000, 1000],
    url,
  });
  await load.nextAnswer();
  const ofModest = await sendLoad(stage, stage.long ? REQUESTS.long : REQUESTS.short, {
    account: modest,
    kinds: ['revenue'],
    clients: 1,
    recordsPerRequest: [1, 100],
    url,
  });
  const ofFlooding = await load.stop();

  const answered = (sent: typeof ofModest) => sent.map(({ ms }) => ms ?? Infinity);
  const figures: Figures = {
    "A's requests": ofFlooding.length,
    "A's p50 ms": percentile(answered(ofFlooding), 0.5),
    "A's p95 ms": percentile(answered(ofFlooding), 0.95),
    "B's requests": ofModest.length,
    "B's p50 ms": percentile(answered(ofModest), 0.5),
    "B's p95 ms": percentile(answered(ofModest), 0.95),
    ...(await checkInvariants(stage, [...ofFlooding, ...ofModest])),
  };
  stage.within(LONGEST_P95_MS, percentile(answered(ofModest), 0.95), "B's p95");
  return figures;
}
