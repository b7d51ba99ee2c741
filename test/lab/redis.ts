import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { Redis } from 'ioredis';

import { onFreePort, stopProgram } from '../support/program.ts';
import { startRedisProgram } from '../support/redis-program.ts';

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

export interface RedisOptions {
  /** Default: redis-server. */
  command?: string;
  /** Arguments besides those that have it keep what it was told, as production does. */
  args?: (port: number) => readonly string[];
}

/** Starts a server with its files in the given folder; undefined when there is no such program on the PATH. */
export async function startRedis(folder: string, options: RedisOptions = {}): Promise<RedisServer | undefined> {
  const { command = 'redis-server', args = () => [] } = options;
  const directory = path.join(folder, 'redis');
  await mkdir(directory, { recursive: true });
  return onFreePort(async (port) => {
    const persistence = ['--appendonly', 'yes', '--appendfsync', 'everysec'];
    const run = () => startRedisProgram({ command, port, directory, args: [...persistence, ...args(port)] });
    const server = await run();
    return server && restartable(port, server, run);
  });
}

type Run = () => Promise<ChildProcess | undefined>;

function restartable(port: number, first: ChildProcess, run: Run): RedisServer {
  // A turn that has failed may still be starting it when the next one, or the end, wants it as well.
  let server: Promise<ChildProcess | undefined> | undefined = Promise.resolve(first);
  let isOver = false;

  async function kill(): Promise<void> {
    const starting = server;
    server = undefined;
    const killed = await starting;
    if (killed) await stopProgram(killed, 'SIGKILL');
  }

  return {
    port,
    kill,
    async start() {
      if (isOver) throw new Error('Redis is not needed any more.');
      server ??= run();
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
