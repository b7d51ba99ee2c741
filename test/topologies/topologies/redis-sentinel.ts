import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Redis } from 'ioredis';

import { until } from '../../lab/until.ts';
import { flags, onFreePort, startProgram, stopProgram } from '../../support/program.ts';
import { createEmptyDatabase } from '../support/databases.ts';
import { startRedisFor } from '../support/redis.ts';
import type { Topology } from '../topology.ts';

const NAME = 'mymaster';
const PASSWORD = 'password-of-redis';
const SENTINEL_PASSWORD = 'password-of-sentinels';
const SENTINELS = 3;
const REPLICAS = 2;

/** A primary, two replicas and three sentinels, which have a password of their own. */
export const redisSentinel: Topology = {
  name: 'redis-sentinel',
  about: 'a Redis primary with two replicas, watched by three sentinels; the primary is killed',
  programs: ['redis-server'],

  async start({ folder, postgres, cleanup, signal }) {
    const start = (name: string, settings: Record<string, string> = {}) =>
      startRedisFor(cleanup, path.join(folder, name), {
        args: () => flags({ requirepass: PASSWORD, masterauth: PASSWORD, 'repl-diskless-sync-delay': 0, ...settings }),
      });
    const primary = await start('primary');
    const primaryAddress = `127.0.0.1 ${primary.port}`;
    await Promise.all(
      Array.from({ length: REPLICAS }, (_, index) => start(`replica-${index}`, { replicaof: primaryAddress })),
    );
    const inStep = async () => (await ask(primary.port, PASSWORD, 'WAIT', '1', '100')) !== 0 || undefined;
    await until(inStep, { what: 'replicas follow the primary', signal });

    const sentinels: number[] = [];
    for (let index = 0; index < SENTINELS; index += 1) {
      sentinels.push(await startSentinel(cleanup, path.join(folder, `sentinel-${index}`), primaryAddress));
    }
    const [first = 0] = sentinels;
    await until(() => knowsAll(first), { what: 'the sentinels know each other', signal });

    const databaseUrl = await createEmptyDatabase(postgres, 'redis_sentinel');
    const hosts = sentinels.map((port) => `127.0.0.1:${port}`).join(',');
    return {
      databaseUrl,
      settings: {
        DATABASE_URL: databaseUrl,
        REDIS_URL: `redis+sentinel://:${PASSWORD}@${hosts}/${NAME}?sentinelPassword=${SENTINEL_PASSWORD}`,
      },
      secrets: [PASSWORD, SENTINEL_PASSWORD],
      trouble: {
        what: 'the primary was killed, and the sentinels promoted a replica',
        kill: () => primary.kill(),
        repair: async () => undefined,
      },
    };
  },
};

async function startSentinel(cleanup: AsyncDisposableStack, folder: string, primary: string): Promise<number> {
  await mkdir(folder);
  const started = await onFreePort(async (port) => {
    const config = path.join(folder, 'sentinel.conf');
    const lines = [
      'bind 127.0.0.1',
      `port ${port}`,
      `dir ${folder}`,
      `requirepass ${SENTINEL_PASSWORD}`,
      `sentinel sentinel-pass ${SENTINEL_PASSWORD}`,
      `sentinel monitor ${NAME} ${primary} 2`,
      `sentinel auth-pass ${NAME} ${PASSWORD}`,
      `sentinel down-after-milliseconds ${NAME} 1000`,
      `sentinel failover-timeout ${NAME} 5000`,
    ];
    await writeFile(config, lines.join('\n'));
    const server = await startProgram({ command: 'redis-server', args: [config, '--sentinel'], ready: 'Sentinel ID' });
    return server && { server, port };
  });
  if (!started) throw new Error(`A sentinel does not start in ${folder}.`);
  cleanup.defer(() => stopProgram(started.server));
  return started.port;
}

async function knowsAll(sentinel: number): Promise<boolean> {
  const answer = await ask(sentinel, SENTINEL_PASSWORD, 'SENTINEL', 'MASTER', NAME);
  const values = Array.isArray(answer) ? answer.map(String) : [];
  const valueOf = (name: string) => Number(values[values.indexOf(name) + 1]);
  return valueOf('num-slaves') === REPLICAS && valueOf('num-other-sentinels') === SENTINELS - 1;
}

/** Sends one command. */
async function ask(port: number, password: string, command: string, ...args: string[]): Promise<unknown> {
  const client = new Redis({ port, password, lazyConnect: true, enableReadyCheck: false, retryStrategy: null });
  try {
    await client.connect();
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}
