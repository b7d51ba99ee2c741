import { Redis } from 'ioredis';

import { onFreePort, stopProgram } from './program.ts';
import { startRedisProgram } from './redis-program.ts';

/** Disposing of it ends it, if we started it. */
export interface RedisServer extends AsyncDisposable {
  url: string;
}

const PORT = 6379;
const IMAGE = 'redis:8';

/** Finds or starts a Redis: TEST_REDIS_URL, redis-server on the PATH, or a container. Tells when there is none. */
export async function findRedis(folder: string): Promise<RedisServer | undefined> {
  const url = process.env['TEST_REDIS_URL'];
  if (url) return useRunningServer(url);

  const server = (await startOnPath(folder)) ?? (await startContainer());
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

function startOnPath(folder: string): Promise<RedisServer | undefined> {
  return onFreePort(async (port) => {
    const server = await startRedisProgram({ port, directory: folder, args: ['--appendonly', 'no'] });
    return server && { url: `redis://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => stopProgram(server) };
  });
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
