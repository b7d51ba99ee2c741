import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Docker } from './docker.ts';

const run = promisify(execFile);
const MAX_LOG_BYTES = 256 * 2 ** 20;

/** Keys and phone numbers, wherever they are from. */
const CUSTOMER_DATA = /trk_[0-9A-Za-z]{32}|\+1556\d{7}/;

/** The ids of a service's containers, running or not. */
export async function containersOf(compose: Docker, ...services: string[]): Promise<string[]> {
  return (await compose(['ps', '--all', '--quiet', ...services])).split('\n').filter((id) => id !== '');
}

/** @throws when a process in a running container is root's */
export async function expectNoRoot(docker: Docker, ids: string[]): Promise<number> {
  const tables = await Promise.all(ids.map((id) => docker(['top', id, '-eo', 'uid,pid,args'])));
  const processes = tables.flatMap((table) => table.trimEnd().split('\n').slice(1));
  assert.deepEqual(
    processes.filter((line) => line.trimStart().startsWith('0 ')),
    [],
  );
  return processes.length;
}

/** @throws when a file can be made anywhere in a service's containers */
export async function expectReadOnly(compose: Docker, services: string[]): Promise<void> {
  for (const service of services) {
    for (const folder of ['/tmp', '/var/tmp', '/home/node', '/app', '/dev/shm/..']) {
      const touch = compose(['exec', '-T', service, 'touch', `${folder}/made-by-a-test`]);
      await assert.rejects(touch, /Read-only file system|Permission denied/, `${service} could write to ${folder}`);
    }
  }
}

/**
 * @returns how many lines there were
 * @throws when a line is not JSON as our logger writes it, or holds a secret
 */
export async function expectCleanLogs(ids: string[], secrets: string[]): Promise<number> {
  const outputs = await Promise.all(ids.map((id) => run('docker', ['logs', id], { maxBuffer: MAX_LOG_BYTES })));
  const lines = outputs.flatMap(({ stdout, stderr }) => `${stdout}${stderr}`.split('\n')).filter((line) => line !== '');
  for (const line of lines) {
    const entry: unknown = JSON.parse(line);
    assert(typeof entry === 'object' && entry !== null && 'level' in entry && 'time' in entry && 'msg' in entry, line);
    assert(!CUSTOMER_DATA.test(line) && !secrets.some((secret) => line.includes(secret)), line);
  }
  return lines.length;
}

/** Asks containers to end, and waits. @throws when one was killed, or failed */
export async function expectGoodEnd(docker: Docker, compose: Docker, services: string[]): Promise<void> {
  const ids = await containersOf(compose, ...services);
  await compose(['stop', ...services]);
  const states = await docker(['inspect', '--format', '{{.Name}} {{.State.ExitCode}} {{.State.OOMKilled}}', ...ids]);
  for (const state of states.trimEnd().split('\n')) assert.match(state, / 0 false$/);
}
