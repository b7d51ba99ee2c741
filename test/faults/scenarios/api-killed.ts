import { importKinds } from '@trackly/contract';

import { sendRequest, type Attempt, type Sent } from '../../lab/client.ts';
import { checkInvariants, untilNoChunkIsOpen } from '../../lab/invariants.ts';
import { countOpenChunks } from '../../lab/ledger.ts';
import { buildRequest } from '../../lab/requests/index.ts';
import type { HttpProcess } from '../../lab/product.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';

const ROUNDS = { short: 1, long: 5 };
const FINISHED_WITHIN_MS = 30_000;

/** The API is killed when an import of each kind is in the ledger, and their jobs are not in the queue yet. */
export const apiKilled: Scenario = {
  name: 'api-killed',
  bound: 'the imports finish; the clients that send the requests again, with their keys, get their answers',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 100, offers: 10 });
    const choices = stage.random.fork('requests');
    await stage.startWorker();
    const rounds = stage.long ? ROUNDS.long : ROUNDS.short;
    const sent: Sent[] = [];
    const finished: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      let api = await stage.startApi();
      sent.push(...(await sendAll(`first-${round}`)));
      const { answers, refused } = await killBeforeEnqueue(stage, api, (attempt, onAttempt) =>
        sendAll(`second-${round}-${attempt}`, onAttempt),
      );
      sent.push(...refused);

      const killedAt = performance.now();
      await untilNoChunkIsOpen(stage);
      const ms = Math.round(performance.now() - killedAt);
      stage.within(FINISHED_WITHIN_MS, ms, 'Finishing what was open');
      finished.push(ms);
      stage.log(`round ${round} of ${rounds}: without the API, all was finished ${ms} ms later`);
      api = await stage.startApi();
      sent.push(...(await answers));
      await api.kill();
    }
    return { rounds, 'longest until finished ms': Math.max(...finished), ...(await checkInvariants(stage, sent)) };

    function sendAll(key: string, onAttempt?: (attempt: Attempt) => void): Promise<Sent[]> {
      const shape = { account, recordsPerRequest: [100, 1000] as const };
      const requests = importKinds.map((kind) => buildRequest(kind, `${key}-${kind}`, shape, choices));
      return Promise.all(requests.map((request) => sendRequest(stage, request, { ...(onAttempt && { onAttempt }) })));
    }
  },
};

/**
 * Holds up what the API adds to the queue, and nothing else, from before requests are sent until the API is killed. On a
 * busy machine the API may find that the queue does not answer before the requests have reached it: then others are sent.
 *
 * @returns what the requests' clients get in the end, and those that were refused at first
 */
async function killBeforeEnqueue(
  stage: Stage,
  api: HttpProcess,
  send: (attempt: number, onAttempt: (attempt: Attempt) => void) => Promise<Sent[]>,
) {
  const refused: Sent[] = [];
  for (;;) {
    const holdUp = stage.queue === 'redis' ? holdUpRedis(stage) : await holdUpPostgres(stage);
    let isRefused = false;
    const answers = send(refused.length + 1, ({ status }) => (isRefused ||= status === 503));
    const areOpen = async () => (await countOpenChunks(stage.sql)) >= importKinds.length;
    await stage.until(async () => isRefused || areOpen(), 'the imports are in the ledger, or one was refused');
    if (await areOpen()) {
      await api.kill();
      await holdUp.end();
      return { answers, refused };
    }
    await holdUp.end();
    refused.push(...(await answers));
    await untilNoChunkIsOpen(stage);
  }
}

function holdUpRedis({ links: { apiToRedis } }: Stage) {
  apiToRedis.stall();
  return {
    // What is held by the network is lost with the connections.
    async end() {
      apiToRedis.reset();
      apiToRedis.resume();
    },
  };
}

async function holdUpPostgres({ sql }: Stage) {
  const client = await sql.connect();
  await client.query('BEGIN; LOCK TABLE bullmq.job IN SHARE MODE');
  return {
    async end() {
      // PostgreSQL would still carry out for the dead API what it has got from it.
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'trackly-queue-producer'`,
      );
      await client.query('ROLLBACK');
      client.release();
    },
  };
}
