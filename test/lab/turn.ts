import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

import { lastLines } from './logs.ts';
import type { Product } from './product.ts';
import { print } from './terminal.ts';

const LISTED_LOG_LINES = 30;
const LETTING_GO_MS = 20_000;

/** What was done and measured: printed, name and value. */
export type Figures = Record<string, number | string>;

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
 * @returns its name and the error, on a line; undefined when everything held
 */
export async function playTurn<Stage extends Product>(
  turn: Turn<Stage>,
  interrupted: AbortSignal,
): Promise<string | undefined> {
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
    return undefined;
  } catch (error) {
    if (interrupted.aborted) return undefined;
    const lines = [`✗ ${name} FAILED after ${seconds()} s: ${inspect(error)}`];
    const processLogs = (await readdir(folder)).toSorted().map((file) => path.join(folder, file));
    for (const logFile of [...processLogs, ...serverLogs]) {
      lines.push(`  the end of ${logFile}:`);
      for (const line of await lastLines(logFile, LISTED_LOG_LINES)) lines.push(`    ${line}`);
    }
    print([...lines, ''].join('\n'));
    return `${name}: ${String(error).split('\n', 2).join(' ')}`;
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
