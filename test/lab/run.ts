import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { watchSlowness, type SlownessWatch } from './slowness.ts';
import { INTERRUPTED, onInterruption, print } from './terminal.ts';

/** Most of the time turns wait for something: to be noticed, to be taken over, to be back. */
const LANES = 4;

/** Where turns are played one after the other. Disposing of it ends what they share. */
export interface Lane<T> extends AsyncDisposable {
  /** @returns which turn failed, and with what, on a line; undefined when everything held */
  play(turn: T): Promise<string | undefined>;
}

/** What is to be played: several turns at the same time, or each alone, as what measures how long something takes. */
export interface Turns<T> {
  together: readonly T[];
  alone: readonly T[];
}

/** What all turns of a run have in common. */
export interface Run {
  /** For logs: it stays when a turn has failed. */
  folder: string;
  watch: SlownessWatch;
  interrupted: AbortSignal;
  /** What is deferred to it ends what the lanes share. */
  cleanup: AsyncDisposableStack;
}

/**
 * Plays turns in lanes, and says how many have failed.
 *
 * @param name of the folder
 * @param prepare starts what the lanes share, and gives what opens a lane
 * @returns the exit code
 */
export async function playRun<T>(
  name: string,
  turns: Turns<T>,
  prepare: (run: Run) => Promise<() => Promise<Lane<T>>>,
): Promise<number> {
  const interrupted = onInterruption();
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), `trackly-${name}-`));
  const failures: string[] = [];
  // The logs of a run that failed are all that is left of it.
  cleanup.defer(async () => {
    const isEvidence = failures.length > 0 && !interrupted.aborted;
    if (!isEvidence) await rm(folder, { recursive: true, force: true });
  });

  const watch = cleanup.use(await watchSlowness());
  print(`This machine is ${(await watch.now()).toFixed(1)} times as slow as two idle cores.`);
  const openLane = await prepare({ folder, watch, interrupted, cleanup });
  await playInLanes(turns, openLane, { interrupted, onFailure: (failure) => failures.push(failure) });
  if (interrupted.aborted) return INTERRUPTED;
  const count = turns.together.length + turns.alone.length;
  if (failures.length === 0) {
    print(`all ${count} ok`);
    return 0;
  }
  print(`${failures.length} of ${count} FAILED; logs are in ${folder}`);
  for (const failure of failures) print(`  ✗ ${failure}`);
  return 1;
}

/**
 * Plays turns in several lanes at the same time, each lane one after the other, and last those that are to be alone.
 *
 * @param openLane opens what the turns of a lane share, and gives what plays one of them
 * @throws when a lane could not be opened, after the others have ended
 */
async function playInLanes<T>(
  { together, alone }: Turns<T>,
  openLane: () => Promise<Lane<T>>,
  { interrupted, onFailure }: { interrupted: AbortSignal; onFailure: (failure: string) => void },
): Promise<void> {
  const waiting = [...together];

  async function playAll(lane: Lane<T>, queue: T[]): Promise<void> {
    for (let turn = queue.shift(); turn && !interrupted.aborted; turn = queue.shift()) {
      const failure = await lane.play(turn);
      if (failure !== undefined) onFailure(failure);
    }
  }

  await using first = await openLane();
  const others = Array.from({ length: Math.min(LANES, together.length) - 1 }, async () => {
    await using lane = await openLane();
    await playAll(lane, waiting);
  });
  const ended = await Promise.allSettled([playAll(first, waiting), ...others]);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  await playAll(first, [...alone]);
}
