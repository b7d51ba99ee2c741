import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import { watchMemory } from '../../lab/memory.ts';
import { percentile } from '../../lab/percentile.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { startProber } from '../support/prober.ts';
import type { Stage } from '../support/stage.ts';

const LASTS_MS = { short: 5_000, long: 120_000 };
const OPEN_CHUNKS = 50;
const CLIENTS = 10 * OPEN_CHUNKS;

const REFUSED_WITHIN_MS = 50;
/** The last third of the time in relation to the one before, with what garbage collection makes of it. */
const LEVEL = 1.15;

/** Where it is not refused for the load, it is for having no records: it never leaves anything behind. */
const PROBE = '{"records":[]}';

/** Ten times as many clients as the queue may hold chunks want to import at the same time. */
export const overload: Scenario = {
  name: 'overload',
  bound:
    `refusals take less than ${REFUSED_WITHIN_MS} ms (half of them; 95 % in the long form), memory is level, ` +
    'everything accepted completes',
  runsAlone: true,

  async run(stage: Stage): Promise<Figures> {
    const accounts = await Promise.all([1, 2, 3, 4].map(() => stage.addAccount({ contacts: 200, offers: 10 })));
    const [account] = accounts;
    if (!account) throw new Error('There is no account.');
    const api = await stage.startApi({
      MAX_OPEN_CHUNKS: `${OPEN_CHUNKS}`,
      MAX_OPEN_CHUNKS_PER_ACCOUNT: `${OPEN_CHUNKS / 2}`,
      // So many chunks that no machine saves them as fast as they are accepted: otherwise nothing needs to be refused.
      CHUNK_SIZE: '50',
    });
    const worker = await stage.startWorker({ WORKER_CONCURRENCY: '1' });

    const loads = accounts.map((each) =>
      startLoad(stage, {
        account: each,
        clients: CLIENTS / accounts.length,
        recordsPerRequest: [50, 150],
        url: api.url,
      }),
    );
    const memory = [watchMemory(api), watchMemory(worker)];
    const prober = await startProber({ url: api.url, apiKey: account.apiKey, body: PROBE });
    await stage.last(stage.long ? LASTS_MS.long : LASTS_MS.short);
    const probes = await prober.stop();
    const [ofApi, ofWorker] = await Promise.all(memory.map((watch) => watch.stop()));
    if (!ofApi || !ofWorker) throw new Error('No memory was watched.');
    stage.log('no more load: what was accepted must be completed');
    const sent = (await Promise.all(loads.map((load) => load.stop()))).flat();

    const refused = probes.filter(({ status }) => status === 429 || status === 503).map(({ ms }) => ms);
    const figures: Figures = {
      'clients at once': CLIENTS,
      'open chunks at most': OPEN_CHUNKS,
      'refusals measured': refused.length,
      'refusal ms p50': percentile(refused, 0.5),
      'refusal ms p95': percentile(refused, 0.95),
      'refusal ms p99': percentile(refused, 0.99),
      'API memory MiB': ofApi.peak,
      'API memory growth': ofApi.growth.toFixed(2),
      'worker memory MiB': ofWorker.peak,
      'worker memory growth': ofWorker.growth.toFixed(2),
      ...(await checkInvariants(stage, sent)),
    };
    if (refused.length === 0) throw new Error('Nothing was refused.');
    stage.within(REFUSED_WITHIN_MS, percentile(refused, stage.long ? 0.95 : 0.5), 'A refusal');
    if (stage.long && Math.max(ofApi.growth, ofWorker.growth) > LEVEL) {
      throw new Error(`Memory grew: ${JSON.stringify(figures)}`);
    }
    return figures;
  },
};
