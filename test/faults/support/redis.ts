import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { freePort } from '@trackly/runtime';
import { Redis } from 'ioredis';

import { startRedisProgram } from '../../support/redis-program.ts';

const START_ATTEMPTS = 3;

/** A Redis server as production has it, that can be killed. Disposing of it ends it. */
export interface RedisServer extends AsyncDisposable {
  port: number;
  /** Kills it with -9. */
  kill(): Promise<void>;
  /** Starts it on its port, if it is not running, with what its append-only file holds. */
  start(): Promise<void>;
  /** Forgets everything, as FLUSHALL does. */
  flush(): Promise<void>;
}

/** Starts a server with its files in the given folder; undefined when there is no `redis-server` on the PATH. */
export async function startRedis(folder: string): Promise<RedisServer | undefined> {
  const directory = path.join(folder, 'redis');
  await mkdir(directory);
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const server = await run(directory, port);
    if (server) return restartable(directory, port, server);
  }
  return undefined;
}

function restartable(directory: string, port: number, first: ChildProcess): RedisServer {
  // A scenario that has failed may still be starting it when the next one, or the end, wants it as well.
  let server: Promise<ChildProcess | undefined> | undefined = Promise.resolve(first);
  let isOver = false;

  async function kill(): Promise<void> {
    const starting = server;
    server = undefined;
    const killed = await starting;
    if (!killed || killed.exitCode !== null || killed.signalCode !== null) return;
    const exited = once(killed, 'exit');
    killed.kill('SIGKILL');
    await exited;
  }

  return {
    port,
    kill,
    async start() {
      if (isOver) throw new Error('Redis is not needed any more.');
      server ??= run(directory, port);
      if (!(await server)) throw new Error('Redis has not started again.');
    },
    async flush() {
      const client = new Redis({ host: '127.0.0.1', port, lazyConnect: true });
      try {
        await client.connect();
        await client.flushall();
      } finally {
        client.disconnect();
      }
    },
    [Symbol.asyncDispose]: () => {
      isOver = true;
      return kill();
    },
  };
}

/** Keeps what it was told, as production does. */
function run(directory: string, port: number): Promise<ChildProcess | undefined> {
  return startRedisProgram({ port, directory, args: ['--appendonly', 'yes', '--appendfsync', 'everysec'] });
}
