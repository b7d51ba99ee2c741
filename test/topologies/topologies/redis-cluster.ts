import path from 'node:path';

import { freePort } from '@trackly/runtime';
import { Redis } from 'ioredis';

import type { RedisServer } from '../../lab/redis.ts';
import { until } from '../../lab/until.ts';
import { flags } from '../../support/program.ts';
import { createEmptyDatabase } from '../support/databases.ts';
import { startRedisFor } from '../support/redis.ts';
import type { Topology } from '../topology.ts';

const PASSWORD = 'password-of-cluster';
const SLOTS = 16_384;
const PRIMARIES = 3;

interface Node extends RedisServer {
  busPort: number;
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** Three primaries, each with a replica. The primary that has our keys is killed. */
export const redisCluster: Topology = {
  name: 'redis-cluster',
  about: 'a Redis Cluster of three primaries with a replica each; the primary of our keys is killed',
  programs: ['redis-server'],

  async start({ folder, postgres, cleanup, signal }) {
    const nodes = await Promise.all(
      Array.from({ length: 2 * PRIMARIES }, (_, index) => startNode(cleanup, path.join(folder, `node-${index}`))),
    );
    const primaries = nodes.slice(0, PRIMARIES);
    const replicas = nodes.slice(PRIMARIES);
    const [first] = primaries;
    if (!first) throw new Error('There is no first node.');
    const wait = (condition: () => Promise<boolean>, what: string) => until(condition, { what, signal });

    const sliceOf = (index: number) => Math.floor((index * SLOTS) / PRIMARIES);
    await Promise.all(
      primaries.map((node, index) =>
        node.call('CLUSTER', 'ADDSLOTSRANGE', `${sliceOf(index)}`, `${sliceOf(index + 1) - 1}`),
      ),
    );
    for (const { port, busPort } of nodes) {
      if (port !== first.port) await first.call('CLUSTER', 'MEET', '127.0.0.1', `${port}`, `${busPort}`);
    }
    const info = async (node: Node) => String(await node.call('CLUSTER', 'INFO'));
    const allKnown = async (node: Node) => (await info(node)).includes(`cluster_known_nodes:${nodes.length}`);
    await wait(async () => (await Promise.all(nodes.map(allKnown))).every(Boolean), 'all nodes know each other');
    await Promise.all(
      replicas.map(async (replica, index) => {
        const id = String(await primaries[index]?.call('CLUSTER', 'MYID'));
        // While two nodes shake hands they know each other, but not by their ids.
        await wait(async () => (await replica.call('CLUSTER', 'REPLICATE', id)) === 'OK', 'a replica has a primary');
      }),
    );
    const isOk = async (node: Node) => (await info(node)).includes('cluster_state:ok');
    await wait(async () => (await Promise.all(nodes.map(isOk))).every(Boolean), 'the cluster is ready');
    const follows = async (node: Node) => String(await node.call('INFO', 'replication')).includes('link_status:up');
    await wait(async () => (await Promise.all(replicas.map(follows))).every(Boolean), 'the replicas follow');

    const slot = Number(await first.call('CLUSTER', 'KEYSLOT', '{trackly}:imports:meta'));
    const ours = primaries.find((_, index) => slot < sliceOf(index + 1)) ?? first;
    const databaseUrl = await createEmptyDatabase(postgres, 'redis_cluster');
    const hosts = primaries.map(({ port }) => `127.0.0.1:${port}`).join(',');
    return {
      databaseUrl,
      settings: { DATABASE_URL: databaseUrl, REDIS_URL: `redis+cluster://:${PASSWORD}@${hosts}` },
      secrets: [PASSWORD],
      trouble: {
        what: 'the primary of our keys was killed, and its replica took over',
        kill: () => ours.kill(),
        repair: async () => undefined,
      },
    };
  },
};

async function startNode(cleanup: AsyncDisposableStack, folder: string): Promise<Node> {
  // Its default is beyond the port by 10,000, which may be beyond all ports.
  const busPort = await freePort();
  const redis = await startRedisFor(cleanup, folder, {
    args: () =>
      flags({
        'cluster-enabled': 'yes',
        'cluster-port': busPort,
        'cluster-node-timeout': 1000,
        'repl-diskless-sync-delay': 0,
        requirepass: PASSWORD,
        masterauth: PASSWORD,
      }),
  });
  const client = new Redis({ port: redis.port, password: PASSWORD, retryStrategy: null });
  client.on('error', () => undefined);
  cleanup.defer(() => client.disconnect());
  return { ...redis, busPort, call: (command, ...args) => client.call(command, ...args) };
}
