import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { freePort } from '@trackly/runtime';
import { Redis } from 'ioredis';

import { startRedisProgram } from './redis-program.ts';

/** Disposing of it ends it, if we started it. */
export interface RedisServer extends AsyncDisposable {
  url: string;
}

const PORT = 6379;
const IMAGE = 'redis:8';
const START_ATTEMPTS = 3;

/** Finds or starts a Redis: TEST_REDIS_URL, redis-server on the PATH, or a container. Tells when there is none. */
export async function findRedis(folder: string): Promise<RedisServer | undefined> {
  const url = process.env['TEST_REDIS_URL'];
  if (url) return useRunningServer(url);

  const server = (await startProgram(folder)) ?? (await startContainer());
  if (!server) {
    console.warn(
      'No Redis found: the suites "on Redis" are left out. To have them run, set TEST_REDIS_URL, put redis-server on ' +
        'the PATH, or start Docker.',
    );
  }
  return server;
}

async function useRunningServer(url: string): Promise<RedisServer> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  try {
    await client.connect();
    await client.ping();
  } catch (cause) {
    throw new Error('TEST_REDIS_URL is set, but no Redis answers there.', { cause });
  } finally {
    client.disconnect();
  }
  return { url, [Symbol.asyncDispose]: async () => {} };
}

/** Another process can take the port that was free; then the next one is tried. */
async function startProgram(folder: string): Promise<RedisServer | undefined> {
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const server = await startRedisProgram({ port, directory: folder, args: ['--appendonly', 'no'] });
    if (server) return { url: `redis://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => stop(server) };
  }
  return undefined;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}

async function startContainer(): Promise<RedisServer | undefined> {
  const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers');
  const hasDocker = await getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
  if (!hasDocker) return undefined;
  const container = await new GenericContainer(IMAGE).withExposedPorts(PORT).start();
  return {
    url: `redis://${container.getHost()}:${container.getMappedPort(PORT)}`,
    [Symbol.asyncDispose]: async () => {
      await container.stop();
    },
  };
}
