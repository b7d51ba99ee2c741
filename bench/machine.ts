import { execFile } from 'node:child_process';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';

import type { Machine } from './report/results.ts';
import type { Servers } from './servers.ts';

const run = promisify(execFile);

const GIB = 1024 ** 3;

/** What everything is measured on. */
export function describeMachine({ versions, postgresSettings }: Servers): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: totalmem() / GIB,
    system: `${type()} ${release()} ${arch()}`,
    node: process.versions.node,
    ...versions,
    postgresSettings,
  };
}

/** The commit that is measured, marked when there are changes on top of it. */
export async function describeCommit(): Promise<string> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: import.meta.dirname })).stdout.trim();
  try {
    const changes = await git('status', '--porcelain', '--untracked-files=no');
    return `${await git('rev-parse', '--short=12', 'HEAD')}${changes === '' ? '' : ', with changes'}`;
  } catch {
    return 'unknown';
  }
}
