import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { v7 as uuidv7 } from 'uuid';

import { BENCH_ACCOUNT_ID } from '../data/templates.ts';
import { secondsOfOurDead } from '../measure/cpu.ts';
import { startMeters } from '../measure/meters.ts';
import type { Bench, Contestant, Measurement } from './contestant.ts';

export interface ScriptOptions {
  name: string;
  title: string;
  /** Its file, beside this one. */
  script: string;
}

/** The database expert: one session of psql, past service and queue, from its start to its end after the COMMIT. */
export function offline({ name, title, script }: ScriptOptions): Contestant {
  return {
    name,
    title,
    template: 'lifelike',
    records: ({ records }) => records,
    run: (bench, databaseUrl) => runScript(bench, databaseUrl, fileURLToPath(new URL(script, import.meta.url))),
  };
}

async function runScript(
  { servers, history, interrupted }: Bench,
  databaseUrl: string,
  file: string,
): Promise<Measurement> {
  const readMeters = await startMeters(servers, {});
  const before = await secondsOfOurDead();
  const seconds = await runPsql({ databaseUrl, file, input: history.csv, interrupted });
  const { cpuSeconds, walBytes } = await readMeters();
  const used = (await secondsOfOurDead()) - before;
  const { others = 0 } = cpuSeconds;
  return { seconds, walBytes, cpuSeconds: { ...cpuSeconds, psql: used, others: Math.max(0, others - used) } };
}

export interface PsqlRun {
  databaseUrl: string;
  /** The script. */
  file: string;
  /** What it copies. */
  input: string;
  interrupted: AbortSignal;
}

/** Has psql carry out a script, and returns the seconds from its start to its end. */
export async function runPsql({ databaseUrl, file, input, interrupted }: PsqlRun): Promise<number> {
  await using csv = await open(input);
  const variables = { account: BENCH_ACCOUNT_ID, import: uuidv7() };
  const startedAt = performance.now();
  const psql = spawn('psql', [databaseUrl, '--no-psqlrc', '--quiet', ...flags(variables), `--file=${file}`], {
    stdio: [csv.fd, 'ignore', 'pipe'],
    signal: interrupted,
  });
  const [errors, [exitCode]] = await Promise.all([text(psql.stderr ?? Readable.from([])), once(psql, 'close')]);
  if (exitCode !== 0) throw new Error(`psql has failed: ${errors}`);
  return (performance.now() - startedAt) / 1000;
}

function flags(variables: Record<string, string>): string[] {
  return Object.entries(variables).map(([name, value]) => `--set=${name}=${value}`);
}
