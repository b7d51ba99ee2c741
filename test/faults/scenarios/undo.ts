import { randomUUID } from 'node:crypto';

import type { ImportKind } from '@trackly/contract';
import pMap from 'p-map';

import { sendRequest, type Sent } from '../../lab/client.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import type { Random } from '../../lab/random.ts';
import { buildRequest } from '../../lab/requests/index.ts';
import type { LabRequest, RequestShape } from '../../lab/requests/request.ts';
import type { Figures, Scenario } from '../scenario.ts';
import type { Stage } from '../support/stage.ts';
import { expectInUse, undoImport } from '../support/undo.ts';

const SIZE = {
  short: { imports: 24, undone: 12, kills: 3, used: 6 },
  long: { imports: 50, undone: 25, kills: 10, used: 18 },
};
const CLIENTS = { concurrency: 2 };

/** Two of each one after the other: one is undone at once, and one later. */
const KINDS: readonly ImportKind[] = ['revenue', 'sends', 'contacts', 'offers'];
/** What refers to imports of a kind, and what the answer calls it. */
const USES = [
  { kind: 'sends', user: 'revenue', inUse: 'revenue' },
  { kind: 'offers', user: 'revenue', inUse: 'revenue' },
  { kind: 'contacts', user: 'sends', inUse: 'messages' },
] as const;
/** For each import of contacts, so that nothing else refers to what it makes. */
const PEOPLE = 1_000;

/**
 * Imports that share their contacts are undone, each by two requests at once, some while they are still running and all
 * while others run; in the middle of every few, a worker is killed. Others are in use: they cannot be undone before what
 * refers to them.
 */
export const undo: Scenario = {
  name: 'undo',
  bound: 'nothing is left of what was undone, everything of the others and of what is in use; drift 0',

  async run(stage: Stage): Promise<Figures> {
    const account = await stage.addAccount({ contacts: 300, offers: 20 });
    const workers = [await stage.startWorker(), await stage.startWorker()];
    await stage.startApi();
    const load = startLoad(stage, { account, clients: 2, recordsPerRequest: [300, 1000], isDated: true });
    const { imports, undone, kills, used } = stage.long ? SIZE.long : SIZE.short;
    const random = stage.random.fork('undo');
    const name = `undo-${randomUUID()}`;
    let begun = 0;

    function build(kind: ImportKind, key: string, number: number, imported?: RequestShape['imported']): LabRequest {
      // With sends, contention for contacts is part of the trouble.
      const isApart = kind === 'contacts' || imported !== undefined;
      const people = isApart ? { first: PEOPLE * (1 + number), count: PEOPLE } : undefined;
      const shape = { account, recordsPerRequest: [300, 1000] as const, isDated: true, people, imported };
      return buildRequest(kind, `${name}-${key}`, shape, random.fork(`request ${key}`));
    }

    /** Those that are not waited for are undone at once. */
    async function send(number: number): Promise<{ one: Sent; isLate: boolean }> {
      const isUndone = number < undone;
      const isEarly = isUndone && number % 2 === 0;
      const kind = KINDS[Math.floor(number / 2) % KINDS.length] ?? 'revenue';
      const one = await sendRequest(stage, build(kind, `${number}`, number), { waits: !isEarly });
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

    /** Half of them are undone after all, once what refers to them is. */
    async function sendUsed(number: number): Promise<Sent[]> {
      const { kind, user, inUse } = USES[number % USES.length] ?? USES[0];
      const people = imports + number;
      const one = await sendRequest(stage, build(kind, `used-${number}`, people));
      const messages = one.request.saved.flatMap(({ id, contact }) =>
        id === undefined || contact === undefined ? [] : [{ id, contact }],
      );
      const offers = kind === 'offers' ? one.request.saved.flatMap(({ id }) => id ?? []) : [];
      const other = await sendRequest(stage, build(user, `user-${number}`, people, { messages, offers }));
      await Promise.all([expectInUse(stage, one, inUse), expectInUse(stage, one, inUse)]);
      if (number < used / 2) {
        await undoImport(stage, other);
        await undoImport(stage, one);
      }
      return [one, other];
    }

    const numbers = shuffle([...Array(imports).keys()], random);
    const using = pMap(Array(used).keys(), sendUsed, { concurrency: 1 });
    const [sent, ofUsed] = await Promise.all([pMap(numbers, send, CLIENTS), using]);
    const late = sent.filter(({ isLate }) => isLate).map(({ one }) => one);
    await pMap(shuffle(late, random), undoTwice, CLIENTS);
    const all = [...sent.map(({ one }) => one), ...ofUsed.flat(), ...(await load.stop())];
    const figures = await checkInvariants(stage, all);
    return { undone: all.filter(({ isUndone }) => isUndone).length, 'undos refused': 2 * used, ...figures };
  },
};

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.integer(0, 2 ** 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
