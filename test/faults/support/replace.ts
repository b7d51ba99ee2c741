import { checkInvariants } from '../../lab/invariants.ts';
import { startLoad } from '../../lab/load.ts';
import type { Exit, ServerProcess } from '../../lab/server-process.ts';
import type { Figures } from '../scenario.ts';
import type { Stage } from './stage.ts';

const LONGEST_EXIT_MS = 30_000;
const SUCCESSFUL = new Set(['200', '202']);

/** Starts one process; settles when it does its work. */
export type Start = () => Promise<ServerProcess>;

/**
 * Starts the first generation of processes and, under load, replaces each by the one in its place in the next: tells it
 * to end, waits until it has, and starts the other.
 *
 * @throws when a request fails, or a process does not end as it should
 */
export async function replaceUnderLoad(stage: Stage, generations: readonly (readonly Start[])[]): Promise<Figures> {
  const account = await stage.addAccount({ contacts: 500, offers: 20 });
  const [first = [], ...others] = generations;
  let processes = await Promise.all(first.map((start) => start()));
  const load = startLoad(stage, { account, clients: 8, recordsPerRequest: [100, 1000] });
  const exits: Exit[] = [];

  for (const [index, starts] of others.entries()) {
    const replaced: ServerProcess[] = [];
    for (const [place, start] of starts.entries()) {
      await load.nextAnswer();
      await stage.last(stage.random.integer(0, 200));
      const process = processes[place];
      if (process) exits.push(await process.terminate());
      replaced.push(await start());
    }
    processes = replaced;
    stage.log(`round ${index + 1} of ${others.length}: replaced ${processes.length} processes`);
  }

  const sent = await load.stop();
  const { 503: _refused, ...outcomes } = load.counters.outcomes;
  await stage.excuseRefusals(load.counters.refusals);
  const failed = Object.keys(outcomes).filter((outcome) => !SUCCESSFUL.has(outcome));
  if (failed.length > 0) throw new Error(`Some requests failed: ${JSON.stringify(load.counters.outcomes)}`);
  const longestExitMs = Math.max(...exits.map(({ ms }) => ms));
  stage.within(LONGEST_EXIT_MS, longestExitMs, 'Ending');
  const wrong = exits.filter(({ code }) => code !== 0);
  if (wrong.length > 0) throw new Error(`Some processes did not end as they should: ${JSON.stringify(wrong)}`);
  return {
    restarts: exits.length,
    'longest exit ms': longestExitMs,
    ...(await checkInvariants(stage, sent)),
  };
}
