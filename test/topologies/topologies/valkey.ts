import { createEmptyDatabase } from '../support/databases.ts';
import { redisKill, startRedisFor } from '../support/redis.ts';
import type { Topology } from '../topology.ts';

/** Valkey in place of Redis. */
export const valkey: Topology = {
  name: 'valkey',
  about: 'Valkey in place of Redis',
  programs: ['valkey-server'],

  async start({ folder, postgres, cleanup }) {
    const server = await startRedisFor(cleanup, folder, { command: 'valkey-server' });
    const databaseUrl = await createEmptyDatabase(postgres, 'valkey');
    return {
      databaseUrl,
      settings: { DATABASE_URL: databaseUrl, REDIS_URL: `redis://127.0.0.1:${server.port}` },
      secrets: [],
      trouble: { ...redisKill(server), what: 'Valkey was killed and started again' },
    };
  },
};
