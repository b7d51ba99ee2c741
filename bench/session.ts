import { contestants } from './contestants/index.ts';
import type { Bench, Contestant } from './contestants/contestant.ts';
import type { HistoryFiles } from './data/history.ts';
import { RECORDS_PER_REQUEST } from './data/sizes.ts';
import type { Templates } from './data/templates.ts';
import type { Probe } from './figures/figure.ts';
import { checkTotals } from './measure/totals.ts';
import { TotalsBook } from './measure/totals-book.ts';
import { measureLone } from './probes/lone.ts';
import { measureMemory } from './probes/memory.ts';
import { measureSends } from './probes/sends.ts';
import { formatNumber, milliseconds } from './report/format.ts';
import type { LoneRound, MemoryWatch, Run, SendsRound } from './report/results.ts';
import { quantile } from './report/statistics.ts';

/** The database that is measured: each time a new one. */
const DATABASE = 'bench';

export interface SessionOptions {
  bench: Bench;
  /** For files. */
  folder: string;
  templates: Templates;
  /** Requests of one record. */
  singles: HistoryFiles;
  /** Of contestants. */
  names: ReadonlySet<string>;
  probes: ReadonlySet<Probe>;
  rounds: number;
  print: (line: string) => void;
}

export interface Measured {
  runs: Run[];
  lone: LoneRound[];
  memory: MemoryWatch[];
  sends: SendsRound[];
}

/**
 * Has all contestants take turns, round by round, and then watches the memory.
 *
 * @throws WrongTotalsError when a contestant has not done what it was measured for
 */
export async function measure(options: SessionOptions): Promise<Measured> {
  const { bench, folder, templates, singles, names, probes, rounds, print } = options;
  const book = new TotalsBook();
  const measured: Measured = { runs: [], lone: [], memory: [], sends: [] };

  for (let round = 1; round <= rounds; round += 1) {
    for (const contestant of contestants.filter(({ name }) => names.has(name))) {
      const run = await measureContestant(contestant, round);
      measured.runs.push(run);
      print(`round ${round}/${rounds}  ${contestant.name.padEnd(16)} ${describeRun(run)}`);
    }
    if (!probes.has('lone')) continue;
    for (const [recordsPerRequest, files] of [
      [RECORDS_PER_REQUEST, bench.history],
      [1, singles],
    ] as const) {
      const lone = await measureLoneRound(recordsPerRequest, files, round);
      measured.lone.push(lone);
      const median = milliseconds(quantile(lone.requests, 0.5));
      print(`round ${round}/${rounds}  lone requests of ${recordsPerRequest}: ${median}`);
    }
  }
  if (probes.has('sends')) {
    print(`importing ${formatNumber(bench.sizes.sends)} sends`);
    measured.sends = await measureSends(bench, folder, rounds);
  }
  if (probes.has('memory')) {
    print(`watching memory over ${formatNumber(bench.sizes.memoryRecords)} records`);
    await using database = await templates.copy('lifelike', DATABASE);
    measured.memory = await measureMemory(bench, database.url);
  }
  return measured;

  async function measureContestant(contestant: Contestant, round: number): Promise<Run> {
    const { name, template } = contestant;
    const { sizes, history } = bench;
    const records = contestant.records(sizes);
    await using database = await templates.copy(template, DATABASE);
    const { milliseconds: times, ...result } = await contestant.run(bench, database.url, records);
    const totals = await checkTotals(database.url, history.answers.slice(0, records / RECORDS_PER_REQUEST));
    book.add(contestant, totals);
    return { contestant: name, round, records, ...result, ...(times && { requestMs: describeTimes(times) }), totals };
  }

  async function measureLoneRound(recordsPerRequest: number, files: HistoryFiles, round: number): Promise<LoneRound> {
    await using database = await templates.copy('lifelike', DATABASE);
    const requests = Math.ceil(bench.sizes.loneRequests / rounds);
    return await measureLone(bench, { recordsPerRequest, files, databaseUrl: database.url, round, requests });
  }
}

function describeTimes(times: readonly number[]) {
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), max: Math.max(...times) };
}

function describeRun({ records, seconds, cpuSeconds }: Run): string {
  const speed = formatNumber(records / seconds).padStart(8);
  const parts = Object.entries(cpuSeconds).map(([name, used]) => `${name} ${((used * 1e6) / records).toFixed(1)}`);
  return `${speed} records/s  ${seconds.toFixed(1).padStart(5)} s  µs of processor a record: ${parts.join(', ')}`;
}
