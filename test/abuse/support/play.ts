import type { Attempt, Sent } from '../../lab/client.ts';
import { checkInvariants } from '../../lab/invariants.ts';
import { memoryOf, sampleMemory } from '../../lab/memory.ts';
import { percentile } from '../../lab/percentile.ts';
import { readinessOf } from '../../lab/readiness.ts';
import type { Figures } from '../../lab/turn.ts';
import type { AttackCounters } from '../attacker/attack.ts';
import type { Plan, Scenario } from '../scenario.ts';
import { startAttacker } from './attacker.ts';
import { startGoodClient, type GoodClient, type Measured } from './good-client.ts';
import type { Stage } from './stage.ts';

const WARM_UP_MS = 1_500;
const QUIET_MS = { short: 2_500, long: 20_000 };
/** How long an attack goes on because the good client still waits for its answer. */
const OVERTIME_MS = 15_000;
const CALM_MS = 500;

/** What must hold in each scenario. */
const TIMES_SLOWER = 3;
const ALWAYS_FINE_MS = 500;
const MOST_MEMORY_MIB = 600;
const MEMORY_LEFT_MIB = 100;
const MEMORY_BACK_WITHIN_MS = 60_000;
const REFUSALS = new Set<Attempt['status']>([429, 503, 'lost']);

export const BOUND =
  `p95 of the good client ≤ ${TIMES_SLOWER} × its quiet p95 or ${ALWAYS_FINE_MS} ms, nothing of it refused or lost; ` +
  `API ≤ ${MOST_MEMORY_MIB} MiB, and back within ${MEMORY_BACK_WITHIN_MS / 1000} s`;

/** What came of a scenario. */
export interface Outcome {
  figures: Figures;
  /** What does not hold. */
  violations: string[];
}

/** Attacks while a good client works, and judges what it noticed. */
export async function play(scenario: Scenario, stage: Stage): Promise<Outcome> {
  const { settings, lastsMs, prepare } = scenario;
  const form = stage.long ? 'long' : 'short';
  const account = await stage.addAccount({ contacts: 500, offers: 20 });
  const api = await stage.startApi(settings);
  await stage.startWorker(settings);
  const plan = await prepare({
    stage,
    api,
    addAttackersAccount: () => stage.addAccount({ contacts: 100, offers: 5 }),
    line: { port: Number(new URL(api.url).port), localAddress: stage.attackersAddress },
  });

  await using good = await startGoodClient({ url: api.url, account, seed: stage.seed, ...plan.good });
  const work: Measured[] = [await good.work(WARM_UP_MS)];
  const quiet = await good.work(QUIET_MS[form]);
  work.push(quiet);
  const before = await memoryOf(api.pid);
  const memory = sampleMemory(api.pid);

  const countGoodImports = () => work.flatMap(({ sent }) => sent).length;
  const { during, counters, watched } = await attack(plan, stage, {
    good,
    lastsMs: lastsMs[form],
    onWork: (measured) => work.push(measured),
    countGoodImports,
  });
  const calming = await untilMemoryIsBack(api.pid, before, good);
  work.push(...calming.work);
  const peak = Math.max(...(await memory.stop()).map(({ mebibytes }) => mebibytes));

  const judged = judge(stage, quiet, during);
  const attempts = work.slice(2).flatMap(({ sent, reports }) => [...sent.flatMap((each) => each.attempts), ...reports]);
  const refused = attempts.filter(({ status }) => REFUSALS.has(status));
  const violations = [...judged.violations, ...watched.violations];
  if (refused.length > 0) violations.push(`${refused.length} of ${attempts.length} attempts of the good client failed`);
  if (peak > MOST_MEMORY_MIB) violations.push(`the API took ${Math.round(peak)} MiB`);
  if (!calming.isBack)
    violations.push(`the API still took ${Math.round(calming.after)} MiB, before ${Math.round(before)}`);
  if ((await readinessOf(api.url)) !== 200) violations.push('the API is not ready afterwards');

  const figures: Figures = {
    ...judged.figures,
    'refused or lost': describe(refused.map(({ status, code }) => code ?? String(status))) || 0,
    'attack requests/s': rateOf(counters),
    'attack got': describeCounters(counters),
    'MiB before': Math.round(before),
    'MiB peak': Math.round(peak),
    'MiB after': Math.round(calming.after),
    'after s': calming.seconds.toFixed(0),
    ...watched.figures,
  };
  const sent = work.flatMap((each) => each.sent);
  const compared = await checkInvariants(stage, sent);
  return { figures: { ...figures, 'good imports': sent.length, 'good records': compared['records'] ?? 0 }, violations };
}

interface AttackOptions {
  good: GoodClient;
  lastsMs: number;
  onWork: (measured: Measured) => void;
  countGoodImports: () => number;
}

async function attack(
  { attacks, watch }: Plan,
  stage: Stage,
  { good, lastsMs, onWork, countGoodImports }: AttackOptions,
) {
  const larger = attacks.map((each) => ({ ...each, connections: each.connections * stage.times }));
  const over = new AbortController();
  await using attacker = await startAttacker(larger);
  const watching = watch?.({ over: over.signal, countGoodImports });
  const working = good.work(lastsMs);
  const failing = working.catch(() => undefined);
  await Promise.race([failing, stage.last(lastsMs + OVERTIME_MS)]);
  const counters = await attacker.stop();
  const during = await working;
  onWork(during);
  over.abort();
  const watched = (await watching) ?? { figures: {}, violations: [] };
  return { during, counters, watched };
}

/** Has the good client go on until then, for what it needs, it needed before. */
async function untilMemoryIsBack(pid: number, before: number, good: GoodClient) {
  const startedAt = performance.now();
  const work: Measured[] = [];
  for (;;) {
    work.push(await good.work(CALM_MS));
    const after = await memoryOf(pid);
    const ms = performance.now() - startedAt;
    const isBack = after <= before + MEMORY_LEFT_MIB;
    if (isBack || ms > MEMORY_BACK_WITHIN_MS) return { work, isBack, after, seconds: ms / 1000 };
  }
}

/** Compares how long things took during the attack with how long they took before. */
function judge(stage: Stage, quiet: Measured, during: Measured): Outcome {
  const violations: string[] = [];
  const imports = compare('imports', quiet.sent.map(timeOf), during.sent.map(timeOf));
  if (during.reports.length === 0) return { figures: imports, violations };
  const reports = compare(
    'reports',
    quiet.reports.map(({ ms }) => ms),
    during.reports.map(({ ms }) => ms),
  );
  return { figures: { ...imports, ...reports }, violations };

  function compare(what: string, before: readonly number[], now: readonly number[]): Figures {
    const [quietP95, p95] = [percentile(before, 0.95), percentile(now, 0.95)];
    try {
      stage.within(Math.max(TIMES_SLOWER * quietP95, ALWAYS_FINE_MS), p95, `p95 of ${what} during the attack`);
    } catch (error) {
      violations.push(error instanceof Error ? error.message : String(error));
    }
    return { [`${what} quiet p95 ms`]: quietP95, [`${what} p95 ms`]: p95, [`${what} longest ms`]: Math.max(...now) };
  }
}

function timeOf({ ms }: Sent): number {
  return ms ?? Infinity;
}

function rateOf(counters: readonly AttackCounters[]): string {
  const rate = counters.reduce((sum, { requests, seconds }) => sum + requests / seconds, 0);
  return rate.toFixed(rate < 10 ? 1 : 0);
}

function describeCounters(counters: readonly AttackCounters[]): string {
  const totals: Record<string, number> = {};
  const add = (what: string, count: number) => {
    if (count > 0) totals[what] = (totals[what] ?? 0) + count;
  };
  for (const { answers, cuts } of counters) {
    for (const [status, count] of Object.entries(answers)) add(status, count);
    add('cut', cuts);
  }
  return list(totals) || 'nothing';
}

function describe(whats: readonly string[]): string {
  const totals = [...Map.groupBy(whats, (what) => what)].map(([what, { length }]) => [what, length]);
  return list(Object.fromEntries(totals));
}

function list(totals: Record<string, number>): string {
  return Object.entries(totals)
    .map(([what, count]) => `${what} × ${count}`)
    .join(', ');
}
