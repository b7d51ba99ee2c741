import { sum } from '../../lab/amount.ts';
import type { Scenario } from '../scenario.ts';
import { readSizes } from '../support/preparation.ts';
import { post, rejectedRecords, rightRecords, unknownMessages } from '../support/requests.ts';

const MIB = 1024 * 1024;
/** Rejected records that are kept are part of what is stored. */
const KEPT_MIB = 8;
/** Enough for the good client, which has the same quota. */
const STORED_MIB = 64;
/** What rows that are gone and not yet cleaned up may take besides. */
const ROOM_MIB = 24;
/** Slow enough for the good client to stay below its quota. */
const PAUSE_MS = { short: 100, long: 3_000 };
const LISTED_TABLES = 3;

export const keptBytes: Scenario = {
  name: 'kept-bytes',
  attack:
    'one account sends, as fast as it can: records that are rejected, as large as possible; messages that do not exist; dry runs; tiny imports',
  bound: `the database grows by at most the account's quota of ${STORED_MIB} MiB, and ${ROOM_MIB} MiB`,
  shortOn: ['postgres', 'redis'],
  lastsMs: { short: 8_000, long: 600_000 },
  settings: { MAX_KEPT_MB_PER_ACCOUNT: String(KEPT_MIB), MAX_STORED_MB_PER_ACCOUNT: String(STORED_MIB) },

  async prepare({ stage, line, addAttackersAccount }) {
    const account = await addAttackersAccount();
    const key = account.apiKey;
    const dryRun = { query: '?dry_run=true' };
    const flood = { ...line, kind: 'flood' as const };
    const large = [rejectedRecords('note'), rejectedRecords('message_id'), rejectedRecords('attribution_type')];
    const sizesBeforeGood = await readSizes(stage.sql);
    return {
      good: { pauseMs: stage.long ? PAUSE_MS.long : PAUSE_MS.short },
      attacks: [
        { ...flood, name: 'large', connections: 4, requests: large.map((body) => post(key, body)) },
        { ...flood, name: 'large dry runs', connections: 2, requests: large.map((body) => post(key, body, dryRun)) },
        { ...flood, name: 'unknown messages', connections: 2, requests: [post(key, unknownMessages())] },
        { ...flood, name: 'dry runs', connections: 1, requests: [post(key, rightRecords(account), dryRun)] },
        { ...flood, name: 'tiny', connections: 8, requests: [post(key, '{"records":[1]}')] },
      ],
      async watch({ over, countGoodImports }) {
        const sizesBefore = await readSizes(stage.sql);
        const importsBefore = countGoodImports();
        await new Promise((resolve) => over.addEventListener('abort', resolve));
        const growth = grown(sizesBefore, await readSizes(stage.sql));
        // What the good client's imports take is known from the time when they were alone.
        const perImport = totalOf(grown(sizesBeforeGood, sizesBefore)) / importsBefore;
        const ofGood = perImport * (countGoodImports() - importsBefore);
        const mebibytes = Math.round((totalOf(growth) - ofGood) / MIB);
        const most = [...growth].toSorted(([, a], [, b]) => b - a).slice(0, LISTED_TABLES);
        const bound = STORED_MIB + ROOM_MIB;
        return {
          figures: {
            'MiB kept': mebibytes,
            'MiB of the good client': Math.round(ofGood / MIB),
            'grown most': most.map(([table, bytes]) => `${table} ${Math.round(bytes / MIB)} MiB`).join(', '),
          },
          violations: mebibytes > bound ? [`the database has grown by ${mebibytes} MiB`] : [],
        };
      },
    };
  },
};

function grown(before: Map<string, number>, after: Map<string, number>): Map<string, number> {
  return new Map([...after].map(([table, bytes]) => [table, bytes - (before.get(table) ?? 0)]));
}

function totalOf(sizes: Map<string, number>): number {
  return sum(sizes.values());
}
