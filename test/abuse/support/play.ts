import { checkDrift, checkInvariants } from '../../lab/invariants.ts';
import { memoryOf, sampleMemory } from '../../lab/memory.ts';
import { readinessOf } from '../../lab/readiness.ts';
import type { AttackCounters } from '../attacker/attack.ts';
import type { Plan, Scenario } from '../scenario.ts';
import { startAttacker } from './attacker.ts';
import { startGoodClient, type GoodClient, type Measured, type Shift } from './good-client.ts';
import {
  judgeAnswers,
  judgeMemory,
  judgeTimes,
  MEMORY_BACK_WITHIN_MS,
  MEMORY_LEFT_MIB,
  merge,
  type MemoryTaken,
  type Outcome,
} from './judge.ts';
import type { Stage } from './stage.ts';

/** Until the API takes as much memory as it does when it is busy. */
const WARM_UP_MS = { short: 1_500, long: 10_000 };
const QUIET_MS = { short: 2_500, long: 20_000 };
/** How long an attack goes on because the good client still waits for an answer. */
const OVERTIME_MS = 15_000;
/** After the attack. */
const ANSWERED_WITHIN_MS = 60_000;
const CALM_MS = 500;

/** Attacks while a good client works, and judges what it and the API noticed. */
export async function play(scenario: Scenario, stage: Stage): Promise<Outcome> {
  const { settings, lastsMs, prepare } = scenario;
  const form = stage.long ? 'long' : 'short';
  const account = await stage.addAccount({ contacts: 500, offers: 20 });
  const api = await stage.startApi(settings);
  await stage.startWorker(settings);
  const attackersIds: string[] = [];
  const plan = await prepare({
    stage,
    api,
    async addAttackersAccount() {
      const added = await stage.addAccount({ contacts: 100, offers: 5 });
      attackersIds.push(added.id);
      return added;
    },
    line: { port: Number(new URL(api.url).port), localAddress: stage.attackersAddress },
  });

  await using client = await startGoodClient({ url: api.url, account, seed: stage.seed, ...plan.good });
  const good = recordWork(client);
  await good.work(WARM_UP_MS[form], { hasPauses: false });
  const quiet = await good.work(QUIET_MS[form]);
  const workBefore = good.done.length;
  const before = await memoryOf(api.pid);
  const memory = sampleMemory(api.pid);
  stage.log('the attack begins');
  const attacked = await attack(plan, stage, good, lastsMs[form]);
  stage.log('the attack is over');
  const back = await untilMemoryIsBack(api.pid, before, good);
  const peak = Math.max(...(await memory.stop()).map(({ mebibytes }) => mebibytes));

  const isReady = (await readinessOf(api.url)) === 200;
  const sent = good.done.flatMap((each) => each.sent);
  return merge([
    ...judgeTimes(stage, quiet, attacked.during),
    judgeAnswers(good.done.slice(workBefore)),
    attacked.outcome,
    judgeMemory({ before, peak, ...back }),
    { figures: { 'good imports': sent.length }, violations: isReady ? [] : ['the API is not ready afterwards'] },
    await compareData(stage, sent, attackersIds),
  ]);
}

interface WorkingClient {
  work: (ms: number, options?: Pick<Shift, 'hasPauses'>) => Promise<Measured>;
  /** All that it has done. */
  done: readonly Measured[];
}

function recordWork(client: GoodClient): WorkingClient {
  const done: Measured[] = [];
  return {
    done,
    async work(ms, { hasPauses } = { hasPauses: true }) {
      const measured = await client.work({ ms, hasPauses });
      done.push(measured);
      return measured;
    },
  };
}

async function attack(
  { attacks, watch }: Plan,
  stage: Stage,
  good: WorkingClient,
  lastsMs: number,
): Promise<{ during: Measured; outcome: Outcome }> {
  const over = new AbortController();
  await using attacker = await startAttacker(
    attacks.map((each) => ({ ...each, connections: each.connections * stage.times })),
  );
  const countGoodImports = () => good.done.flatMap(({ sent }) => sent).length;
  const watching = watch?.({ over: over.signal, countGoodImports });
  const working = good.work(lastsMs);
  // What fails meanwhile is noticed when it is waited for.
  for (const promise of [watching, working]) promise?.catch(() => undefined);
  await Promise.race([working, stage.last(lastsMs + OVERTIME_MS)]);
  const counters = await attacker.stop();
  const during = await Promise.race([working, notWithin(stage, ANSWERED_WITHIN_MS)]);
  over.abort();
  const watched = await watching;
  const idle = attacks.filter((_, index) => counters[index]?.requests === 0);
  const happened = {
    figures: { 'attack requests/s': rateOf(counters), 'attack got': answersTo(counters) },
    violations: idle.map(({ name }) => `nothing was sent of the attack "${name}"`),
  };
  return { during, outcome: merge([happened, ...(watched ? [watched] : [])]) };
}

async function notWithin(stage: Stage, ms: number): Promise<never> {
  await stage.last(ms);
  throw new Error(`The good client still waits for an answer ${ms / 1000} s after the attack.`);
}

/** Has the good client go on until then: it did so before, too. Gives up after some time. */
async function untilMemoryIsBack(
  pid: number,
  before: number,
  good: WorkingClient,
): Promise<Pick<MemoryTaken, 'after' | 'seconds'>> {
  const startedAt = performance.now();
  for (;;) {
    await good.work(CALM_MS);
    const after = await memoryOf(pid);
    const ms = performance.now() - startedAt;
    if (after <= before + MEMORY_LEFT_MIB || ms > MEMORY_BACK_WITHIN_MS) return { after, seconds: ms / 1000 };
  }
}

/** The good client's data to the last digit, and the sums of all. */
async function compareData(stage: Stage, sent: Measured['sent'], attackersIds: string[]): Promise<Outcome> {
  try {
    await checkInvariants(stage, sent);
    return { figures: {}, violations: await checkDrift(stage, attackersIds) };
  } catch (error) {
    if (stage.signal.aborted) throw error;
    return { figures: {}, violations: [error instanceof Error ? error.message : String(error)] };
  }
}

function rateOf(counters: readonly AttackCounters[]): string {
  const rate = counters.reduce((total, { requests, seconds }) => total + requests / seconds, 0);
  return rate.toFixed(rate < 10 ? 1 : 0);
}

/** "200 × 17, cut × 2" */
function answersTo(counters: readonly AttackCounters[]): string {
  const totals = new Map<string, number>();
  for (const { answers, cuts } of counters) {
    for (const [what, count] of [...Object.entries(answers), ['cut', cuts] as const]) {
      totals.set(what, (totals.get(what) ?? 0) + count);
    }
  }
  const listed = [...totals].filter(([, count]) => count > 0).map(([what, count]) => `${what} × ${count}`);
  return listed.join(', ') || 'nothing';
}
