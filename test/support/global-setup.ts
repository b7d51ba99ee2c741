import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { TestProject } from 'vitest/node';

import { findBrowser } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server for this run alone, as an administrator. */
    postgresUrl: string;
    /** Undefined when there is no Redis. */
    redisUrl: string | undefined;
    /** A Chromium; undefined when there is none. */
    browser: string | undefined;
  }
}

const HOST = fileURLToPath(new URL('server-host.ts', import.meta.url));

/** Has the servers started that all files share, and ended when the last file is done. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browser', findBrowser());
  // In a process group of its own, which Ctrl-C does not reach.
  const host = spawn(process.execPath, [HOST], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const exited = once(host, 'exit');
  for await (const line of createInterface({ input: host.stdout })) {
    const [postgresUrl = '', redisUrl] = line.split(' ');
    project.provide('postgresUrl', postgresUrl);
    project.provide('redisUrl', redisUrl === '' ? undefined : redisUrl);
    return async () => {
      host.stdin.end();
      await exited;
    };
  }
  throw new Error('The servers for the tests did not start: see above.');
}
