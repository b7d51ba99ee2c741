import { randomUUID } from 'node:crypto';

import pMap from 'p-map';

import { sendRequest, type Sent } from '../../lab/client.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import type { Random } from '../../lab/random.ts';
import { buildRevenueRequest } from '../../lab/revenue-request.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';
import { undoImport } from '../support/undo.ts';

const SIZE = { short: { imports: 24, undone: 12, kills: 3 }, long: { imports: 50, undone: 25, kills: 10 } };
const CLIENTS = { concurrency: 2 };

/**
 * Imports that share their contacts are undone, each by two requests at once, some while they are still running and all
 * while others run; in the middle of every few, a worker is killed.
 */
export const undo: Scenario = {
  name: 'undo',
  bound: 'nothing is left of what was undone, everything of the others; drift 0',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 300, offers: 20 });
    const workers = [await stage.startWorker(), await stage.startWorker()];
    await stage.startApi();
    const load = startLoad(stage, { account, clients: 2, recordsPerRequest: [300, 1000], isDated: true });
    const { imports, undone, kills } = stage.long ? SIZE.long : SIZE.short;
    const random = stage.random.fork('undo');
    const name = `undo-${randomUUID()}`;
    let begun = 0;

    /** Those that are not waited for are undone at once. */
    async function send(number: number): Promise<{ one: Sent; isLate: boolean }> {
      const isUndone = number < undone;
      const isEarly = isUndone && number % 2 === 0;
      const shape = { account, recordsPerRequest: [300, 1000] as const, isDated: true };
      const request = buildRevenueRequest(`${name}-${number}`, shape, random.fork(`request ${number}`));
      const one = await sendRequest(stage, request, { waits: !isEarly });
      if (isEarly) await undoTwice(one);
      return { one, isLate: isUndone && !isEarly };
    }

    async function undoTwice(one: Sent): Promise<void> {
      begun += 1;
      const isFatal = begun % Math.floor(undone / kills) === 1;
      await Promise.all([undoImport(stage, one), undoImport(stage, one), isFatal && killWorker()]);
    }

    async function killWorker(): Promise<void> {
      await stage.last(stage.random.integer(0, 60));
      await workers.shift()?.kill();
      workers.push(await stage.startWorker());
      stage.log(`killed a worker; ${begun} of ${undone} undos begun`);
    }

    const numbers = shuffle([...Array(imports).keys()], random);
    const sent = await pMap(numbers, send, CLIENTS);
    const late = sent.filter(({ isLate }) => isLate).map(({ one }) => one);
    await pMap(shuffle(late, random), undoTwice, CLIENTS);
    const all = [...sent.map(({ one }) => one), ...(await load.stop())];
    return { undone, ...(await checkInvariants(stage, all)) };
  },
};

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.integer(0, 2 ** 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
