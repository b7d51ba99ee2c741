import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { useStack, type RunningStack, type SuiteOptions } from '../support/suite.ts';
import {
  startTrackly,
  trackly,
  type TracklyOptions,
  type TracklyProcess,
  type TracklyProcessOptions,
  type TracklyResult,
} from '../support/trackly.ts';

/** The columns that every record needs. */
export const HEADER = 'message_id,offer_id,revenue';

/** Lines of records whose revenue says which they are, from `first` on. */
export function history(records: number, first = 1): string {
  return Array.from({ length: records }, (_, index) => `m${index % 3},o0,${first + index}\n`).join('');
}

/** Of such lines, in the order in which the workbench gives them. */
export function revenues(records: number, first = 1): string[] {
  return Array.from({ length: records }, (_, index) => String(first + index)).toSorted(byText);
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** A folder with files to import, and a service to import them into. */
export interface Workbench {
  stack: () => RunningStack;
  /** The path of a file in the folder. */
  path(name: string): string;
  write(name: string, content: string | Buffer): Promise<string>;
  read(name: string): Promise<string>;
  /** Runs a command with the service's address and the key of its account. */
  run(args: readonly string[], options?: TracklyOptions): Promise<TracklyResult>;
  /** Starts it as a process of its own. */
  start(args: readonly string[], options?: TracklyProcessOptions): TracklyProcess;
  /** The revenue of all that is saved, in the order of its text. */
  savedRevenues(): Promise<string[]>;
  /** That of what is saved beyond what was there before. */
  savedSince(before: readonly string[]): Promise<string[]>;
}

/** Gives the calling suite a service, and an empty folder. The account has the small catalog. */
export function useWorkbench(options: SuiteOptions = {}): Workbench {
  const stack = useStack(options);
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trackly-importer-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function savedRevenues(): Promise<string[]> {
    const { database, account } = stack();
    const { rows } = await database.sql.query<{ revenue: string }>(
      `SELECT trim_scale(revenue)::text AS revenue FROM revenue_records WHERE account_id = $1 ORDER BY 1`,
      [account.id],
    );
    return rows.map(({ revenue }) => revenue);
  }

  function access() {
    const { url, account } = stack();
    return { TRACKLY_URL: url, TRACKLY_API_KEY: account.apiKey };
  }

  /** The files of most tests have no times. */
  const dated = (args: readonly string[]) =>
    args[0] === 'import' && args[1] === 'revenue' ? [...args, '--default', 'timestamp=now'] : args;

  const inFolder = (name: string) => path.join(folder, name);
  return {
    stack,
    path: inFolder,
    async write(name, content) {
      await writeFile(inFolder(name), content);
      return inFolder(name);
    },
    read: (name) => readFile(inFolder(name), 'utf8'),
    run: (args, { env } = {}) => trackly(dated(args), { cwd: folder, env: { ...access(), ...env } }),
    start: (args, { env, input, output } = {}) =>
      startTrackly(dated(args), { cwd: folder, env: { ...access(), ...env }, input, output }),
    savedRevenues,
    async savedSince(before) {
      const left = new Map<string, number>();
      for (const revenue of before) left.set(revenue, (left.get(revenue) ?? 0) + 1);
      return (await savedRevenues()).filter((revenue) => {
        const count = left.get(revenue) ?? 0;
        left.set(revenue, count - 1);
        return count <= 0;
      });
    },
  };
}
