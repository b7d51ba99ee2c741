import type { Sent } from '../lab/client.ts';
import { sendRequest } from '../lab/client.ts';
import { checkInvariants } from '../lab/invariants.ts';
import { startLoad } from '../lab/load.ts';
import { openProduct, type Product, type ProductOptions } from '../lab/product.ts';
import { createRandom } from '../lab/random.ts';
import { buildRevenueRequest } from '../lab/requests/revenue.ts';
import type { App } from '../lab/server-process.ts';
import type { Figures } from '../lab/turn.ts';
import { get } from '../support/http.ts';
import { checkEndToEnd } from './end-to-end.ts';
import { importByCommands, setUpByCommands } from './support/trackly.ts';
import type { Site } from './topology.ts';

const CLIENTS = 4;
const RECORDS = [100, 1000] as const;
const AFTER_RECOVERY_MS = 1_000;
const REFUSED = new Set(['429', '503']);

/** What must hold on every topology. */
export const BOUND = 'answers as documented, drift 0 through a kill, no secret in a log, processes end in good order';

/** The product on a topology. */
export interface Stage extends Product {
  site: Site;
  folder: string;
}

/** Opens the product on servers that run. */
export async function openStage(
  site: Site,
  options: Pick<ProductOptions, 'folder' | 'log' | 'slowness'>,
): Promise<Stage> {
  const { folder } = options;
  const settings = (app: App) => ({ ...site.settings, ...(app === 'worker' && site.workerSettings) });
  const random = createRandom(folder);
  const product = await openProduct({ ...options, databaseUrl: site.databaseUrl, settings, random });
  return { ...product, site, folder };
}

/** Two APIs and two workers answer as documented, and keep their promises while a server of theirs is killed. */
export async function play(stage: Stage): Promise<Figures> {
  const { site } = stage;
  const apiKey = await setUpByCommands(site);
  const [ops, ...others] = await Promise.all([
    stage.startOps(),
    stage.startWorker(),
    stage.startWorker(),
    stage.startApi(),
    stage.startApi(),
  ]);
  const account = await importByCommands(apiKey, stage, stage.folder);
  account.secrets.push(...site.secrets);
  stage.log('two APIs, two workers and the console are ready; list, offers and messages made by commands');

  const checked = await checkEndToEnd(stage, account);
  stage.log('all documented codes, a replay, a gzip body and an import by its status URL are as they should be');

  const load = startLoad(stage, { account, clients: CLIENTS, recordsPerRequest: RECORDS });
  await load.nextAnswer();
  await site.trouble.kill();
  const probe = buildRevenueRequest('after-the-kill', { account, recordsPerRequest: RECORDS }, stage.random);
  const [recovered] = await Promise.all([sendRequest(stage, probe), site.trouble.repair()]);
  stage.log(`${site.trouble.what}: what was sent then was answered after ${recovered.ms} ms`);
  await stage.last(AFTER_RECOVERY_MS);

  const sent = [...checked, recovered, ...(await load.stop())];
  const figures = await checkInvariants(stage, sent);
  await stage.until(() => areShown(ops.url), 'the console shows its pages');
  const exits = await Promise.all([ops, ...others].map((process) => process.terminate()));
  const disorderly = exits.filter(({ code }) => code !== 0);
  if (disorderly.length > 0) throw new Error(`${disorderly.length} processes did not end in good order.`);
  return {
    ...figures,
    refusals: countRejections(sent),
    'recovery ms': recovered.ms ?? 0,
    'longest end of a process ms': Math.max(...exits.map(({ ms }) => ms)),
  };
}

/** The console, and Bull Board's own view of the queue. */
async function areShown(url: string): Promise<boolean> {
  for (const page of ['/', '/queues/api/queues']) {
    const { status, text } = await get(url + page);
    if (status !== 200) throw new Error(`The console answers ${page} with ${status}: ${text}`);
  }
  return true;
}

function countRejections(sent: readonly Sent[]): number {
  return sent.flatMap(({ attempts }) => attempts).filter(({ status }) => REFUSED.has(String(status))).length;
}
