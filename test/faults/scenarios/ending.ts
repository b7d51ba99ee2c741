import { sendRequest, type Sent } from '../../lab/client.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import { countOpenChunks } from '../../lab/ledger.ts';
import { readinessOf } from '../../lab/readiness.ts';
import { buildRevenueRequest } from '../../lab/requests/revenue.ts';
import type { HttpProcess } from '../../lab/product.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const LONGEST_EXIT_MS = 30_000;
const LONGEST_ANSWER_MS = 15_000;
/** The longest there is: what a client is answered before it is over, it is answered because the API ends. */
const SYNC_WAIT_MS = 300_000;

/** Where npm passes Ctrl-C on, one signal arrives twice: a second one counts after a second. */
const SECOND_SIGNAL_AFTER_MS = 1_100;
const AT_ONCE_MS = 1_000;

/** The API is told to end while a client waits for something that takes long, for nothing saves it. */
export const ending: Scenario = {
  name: 'ending',
  bound: '/readyz turns 503, the client gets 202, exit with 0 within 30 s; a second signal ends at once',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 100, offers: 10 });
    const choices = stage.random.fork('requests');

    /** Has a client wait for an import that nothing saves. */
    async function startWaiting(key: string): Promise<{ api: HttpProcess; answer: Promise<Sent> }> {
      const api = await stage.startApi({ SYNC_WAIT_MS: String(SYNC_WAIT_MS) });
      const request = buildRevenueRequest(key, { account, recordsPerRequest: [100, 100] }, choices);
      const answer = sendRequest(stage, request);
      await stage.until(async () => (await countOpenChunks(stage.sql)) > 0, 'a client waits');
      return { api, answer };
    }

    /** Brings everything back, for the client to get its outcome. */
    async function finish(answer: Promise<Sent>): Promise<Sent> {
      const [api, worker] = await Promise.all([stage.startApi(), stage.startWorker()]);
      const sent = await answer;
      await Promise.all([api.kill(), worker.kill()]);
      return sent;
    }

    const first = await startWaiting('first');
    const exiting = first.api.terminate();
    await stage.until(async () => (await readinessOf(first.api.url)) === 503, '/readyz is 503');
    const exit = await exiting;
    const sent = [await finish(first.answer)];
    const attempt = sent[0]?.attempts.find(({ status }) => status !== 503);
    if (attempt?.status !== 202) throw new Error(`The waiting client got ${attempt?.status}.`);
    stage.within(LONGEST_ANSWER_MS, attempt.ms, 'The 202');
    if (exit.code !== 0) throw new Error(`It did not end well: ${JSON.stringify(exit)}`);
    stage.within(LONGEST_EXIT_MS, exit.ms, 'Ending');
    stage.log(`the waiting client got 202 after ${attempt.ms} ms, and its outcome later`);

    const second = await startWaiting('second');
    const draining = second.api.terminate();
    await stage.until(async () => (await second.api.logs()).includes('shutting down'), 'the signal has come');
    await stage.last(SECOND_SIGNAL_AFTER_MS);
    const atOnce = await second.api.terminate();
    await draining;
    if (atOnce.code !== 1) throw new Error(`It went on: ${JSON.stringify(atOnce)}`);
    stage.within(AT_ONCE_MS, atOnce.ms, 'Ending at once');
    sent.push(await finish(second.answer));
    stage.log(`the second signal ended it within ${atOnce.ms} ms`);

    return {
      'exit ms': exit.ms,
      'exit ms after a second signal': atOnce.ms,
      ...(await checkInvariants(stage, sent)),
    };
  },
};
