import type { Figures, Scenario } from '../scenario.ts';
import { sendRequest } from '../support/client.ts';
import { checkInvariants } from '../support/invariants.ts';
import { startLoad } from '../support/load.ts';
import { buildRevenueRequest } from '../support/revenue-request.ts';
import type { Exit } from '../support/server-process.ts';
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
    const apis = await Promise.all([stage.startApi(), stage.startApi()]);
    const workers = await Promise.all([stage.startWorker(), stage.startWorker()]);
    const load = startLoad(stage, { account, clients: 8, recordsPerRequest: [100, 1000] });
    const exits: Exit[] = [];

    const rounds = stage.long ? ROUNDS.long : ROUNDS.short;
    for (let round = 1; round <= rounds; round += 1) {
      for (const [processes, start] of [
        [apis, () => stage.startApi()],
        [workers, () => stage.startWorker()],
      ] as const) {
        for (let turn = 0; turn < 2; turn += 1) {
          await load.nextAnswer();
          await stage.last(stage.random.integer(0, 200));
          const exit = await processes[turn]?.terminate();
          if (exit) exits.push(exit);
          Object.assign(processes, { [turn]: await start() });
        }
      }
      stage.log(`round ${round} of ${rounds}: replaced two APIs and two workers`);
    }
    const sent = await load.stop();
    const failed = Object.keys(load.counters.outcomes).filter((outcome) => !SUCCESSFUL.has(outcome));
    if (failed.length > 0) throw new Error(`Some requests failed: ${JSON.stringify(load.counters.outcomes)}`);

    // Nothing is saved any more, and a client waits for it: it must not be left without an answer.
    await Promise.all(workers.map((worker) => worker.kill()));
    const request = buildRevenueRequest('last', { account, recordsPerRequest: [100, 100] }, stage.random);
    const waiting = sendRequest(stage, request);
    await stage.until(() => isWaiting(stage), 10_000, 'the last request is accepted');
    exits.push(...(await Promise.all(apis.map((api) => api.terminate()))));
    await Promise.all([stage.startApi(), stage.startWorker()]);
    const last = await waiting;
    if (last.attempts[0]?.status !== 202) throw new Error(`The waiting client got ${last.attempts[0]?.status}.`);
    stage.log(`a client that waited for nothing got 202 after ${last.attempts[0].ms} ms, and its outcome later`);

    const wrong = exits.filter(({ code, ms }) => code !== 0 || ms > LONGEST_EXIT_MS);
    if (wrong.length > 0) throw new Error(`Some processes did not end as they should: ${JSON.stringify(wrong)}`);
    return {
      restarts: exits.length,
      'longest exit ms': Math.max(...exits.map(({ ms }) => ms)),
      ...(await checkInvariants(stage, [...sent, last])),
    };
  },
};

async function isWaiting(stage: Stage): Promise<boolean> {
  const { rows } = await stage.sql.query(`SELECT FROM imports WHERE request_id LIKE 'last.%'`);
  return rows.length > 0;
}
