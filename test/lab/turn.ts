import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

import { lastLines } from './logs.ts';
import type { Product } from './product.ts';

const LISTED_LOG_LINES = 30;
const LETTING_GO_MS = 20_000;

/** Most of the time turns wait for something: to be noticed, to be taken over, to be back. */
const LANES = 3;

/** What was done and measured: printed, name and value. */
export type Figures = Record<string, number | string>;

/** Where turns are played one after the other. Disposing of it ends what they share. */
export interface Lane<T> extends AsyncDisposable {
  /** @returns whether everything held */
  play(turn: T): Promise<boolean>;
}

/** Something to be done with the product, on a stage of its own. */
export interface Turn<Stage extends Product> {
  /** Stands before each line about it: several may be played at the same time. */
  name: string;
  title: string;
  /** What must hold. */
  bound: string;
  /** For the logs of the processes; made here. */
  folder: string;
  /** Of the servers, for the case that it fails. */
  serverLogs: readonly string[];
  open(log: (text: string) => void): Promise<Stage>;
  run(stage: Stage): Promise<Figures>;
}

/**
 * Plays a turn and prints what came of it.
 *
 * @returns whether everything held
 */
export async function playTurn<Stage extends Product>(turn: Turn<Stage>, interrupted: AbortSignal): Promise<boolean> {
  const { name, title, bound, folder, serverLogs } = turn;
  print(`▸ ${title}\n  bound: ${bound}`);
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  await mkdir(folder, { recursive: true });

  const play = async () => {
    await using stage = await turn.open((text) => print(`  ${name} ${seconds().padStart(6)} s  ${text}`));
    return await runUntilFailed(stage, (each) => turn.run(each), interrupted);
  };

  try {
    const figures = await play();
    const lines = Object.entries(figures).map(([figure, value]) => `    ${figure.padEnd(28)} ${value}`);
    print([`✓ ${name} ok after ${seconds()} s`, ...lines, ''].join('\n'));
    return true;
  } catch (error) {
    if (interrupted.aborted) return false;
    const lines = [`✗ ${name} FAILED after ${seconds()} s: ${inspect(error)}`];
    const processLogs = (await readdir(folder)).toSorted().map((file) => path.join(folder, file));
    for (const logFile of [...processLogs, ...serverLogs]) {
      lines.push(`  the end of ${logFile}:`);
      for (const line of await lastLines(logFile, LISTED_LOG_LINES)) lines.push(`    ${line}`);
    }
    print([...lines, ''].join('\n'));
    return false;
  }
}

/** @throws as soon as the stage says that it has failed, or we are interrupted, whatever is being waited for */
async function runUntilFailed<Stage extends Product>(
  stage: Stage,
  run: (stage: Stage) => Promise<Figures>,
  interrupted: AbortSignal,
): Promise<Figures> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const fail = () => stage.fail(new Error('The run was interrupted.', { cause: interrupted.reason }));
  stage.signal.addEventListener('abort', () => reject(stage.signal.reason));
  interrupted.addEventListener('abort', fail);
  if (interrupted.aborted) fail();
  const running = run(stage);
  try {
    return await Promise.race([running, failed]);
  } finally {
    interrupted.removeEventListener('abort', fail);
    // Whatever it waits for has failed, too; a server that it is just restarting should not meet the next turn.
    await Promise.race([running.catch(() => undefined), delay(LETTING_GO_MS, undefined, { ref: false })]);
  }
}

/** What is to be played: several turns at the same time, or each alone, as what measures how long something takes. */
export interface Turns<T> {
  together: readonly T[];
  alone: readonly T[];
}

/**
 * Plays turns in several lanes at the same time, each lane one after the other, and last those that are to be alone.
 *
 * @param openLane opens what the turns of a lane share, and gives what plays one of them
 * @throws when a lane could not be opened, after the others have ended
 */
export async function playInLanes<T>(
  { together, alone }: Turns<T>,
  openLane: () => Promise<Lane<T>>,
  { interrupted, onFailure }: { interrupted: AbortSignal; onFailure: () => void },
): Promise<void> {
  const waiting = [...together];

  async function playAll(lane: Lane<T>, queue: T[]): Promise<void> {
    for (let turn = queue.shift(); turn && !interrupted.aborted; turn = queue.shift()) {
      if (!(await lane.play(turn))) onFailure();
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

/** Aborted by Ctrl-C; what runs then ends as if it had failed, so that everything is cleaned up. */
export function onInterruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interrupted.abort(new Error(`Interrupted by ${signal}.`)));
  }
  return interrupted.signal;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
