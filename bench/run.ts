import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { print } from '../test/faults/support/turn.ts';
import { offline } from './contestants/offline.ts';
import { trackly } from './contestants/trackly.ts';
import type { Bench } from './contestants/contestant.ts';
import { writeHistory } from './data/history.ts';
import { QUICK } from './data/sizes.ts';
import { openTemplates, WARM_UP_CATALOG } from './data/templates.ts';
import { checkTotals } from './measure/totals.ts';
import { summarize } from './report/statistics.ts';
import { startServers } from './servers.ts';

const sizes = QUICK;
const interrupted = new AbortController().signal;
await using cleanup = new AsyncDisposableStack();
const folder = await mkdtemp(path.join(tmpdir(), 'trackly-bench-'));
cleanup.defer(() => rm(folder, { recursive: true, force: true }));
print('starting');
const servers = cleanup.use(await startServers(folder));
print('writing history');
const history = await writeHistory(folder, 'history', sizes.records, sizes);
const warmUp = await writeHistory(folder, 'warm-up', sizes.warmUpRecords, WARM_UP_CATALOG);
const templates = openTemplates(servers, sizes, print);
const bench: Bench = { sizes, servers, history, warmUp, folder, interrupted };
const contestants = [offline, trackly({ name: 'trackly', title: 'Trackly' })];
const speeds = new Map<string, number[]>();
for (let round = 1; round <= 3; round += 1) {
  for (const contestant of contestants) {
    const records = contestant.records(sizes);
    await using database = await templates.copy(contestant.template, 'bench');
    const result = await contestant.run(bench, database.url, records);
    print(`${round} ${contestant.name} ${Math.round(records / result.seconds)}/s ${result.seconds.toFixed(2)} s`);
    const us = Object.entries(result.cpuSeconds).map(([name, s]) => `${name} ${((s * 1e6) / records).toFixed(1)} µs`);
    print(`   ${us.join(', ')} per record`);
    const totals = await checkTotals(database.url, history.answers.slice(0, records / 1000));
    print(`   ${JSON.stringify(totals)}`);
    speeds.set(contestant.name, [...(speeds.get(contestant.name) ?? []), records / result.seconds]);
  }
}
for (const [name, values] of speeds) print(`${name} ${JSON.stringify(summarize(values))}`);
