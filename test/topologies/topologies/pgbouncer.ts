import path from 'node:path';

import { checkPostgres } from '@trackly/db';

import { administer } from '../../support/template-database.ts';
import { createEmptyDatabase } from '../support/databases.ts';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { startRedisFor } from '../support/redis.ts';
import { runTrackly } from '../support/trackly.ts';
import type { Topology } from '../topology.ts';

/** Not "pgbouncer": that is its own console. */
const DATABASE = 'behind_pgbouncer';
const ROLE = 'of_pgbouncer';
const PASSWORD = 'password-of-pgbouncer';

/** PgBouncer lets no setting of ours through: without any configuration for us, but for the role's time limit. */
export const pgbouncer: Topology = {
  name: 'pgbouncer',
  about: 'PgBouncer in transaction mode, with five connections to PostgreSQL; the queue in Redis',
  programs: ['pgbouncer', 'redis-server'],

  async start({ folder, postgres, cleanup }) {
    await administer(postgres.serverUrl, `CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}'`);
    const databaseUrl = await createEmptyDatabase(postgres, DATABASE);
    await administer(postgres.serverUrl, `ALTER DATABASE ${DATABASE} OWNER TO ${ROLE}`);
    const throughBouncer = new URL(databaseUrl);
    throughBouncer.username = ROLE;
    throughBouncer.password = PASSWORD;
    const bouncer = cleanup.use(await startPgBouncer(path.join(folder, 'pgbouncer'), throughBouncer.href));
    throughBouncer.port = `${bouncer.port}`;
    await expectAdvice(throughBouncer.href, [`ALTER ROLE "${ROLE}" SET statement_timeout = '8s'`]);

    await administer(postgres.serverUrl, `ALTER ROLE ${ROLE} SET statement_timeout = '8s'`);
    // Its connections know only what was set when they began.
    await bouncer.kill();
    await bouncer.start();
    await expectAdvice(throughBouncer.href, []);

    await expectNoQueue(throughBouncer.href);

    const redis = await startRedisFor(cleanup, folder);
    return {
      databaseUrl,
      settings: { DATABASE_URL: throughBouncer.href, REDIS_URL: `redis://127.0.0.1:${redis.port}` },
      secrets: [PASSWORD],
      trouble: {
        what: 'PgBouncer was killed and started again',
        kill: () => bouncer.kill(),
        repair: () => bouncer.start(),
      },
    };
  },
};

async function expectAdvice(url: string, expected: string[]): Promise<void> {
  const { isPooled, advice } = await checkPostgres(url);
  const isExpected =
    advice.length === expected.length && expected.every((text, index) => advice[index]?.includes(text));
  if (isPooled && isExpected) return;
  throw new Error(
    `Of PgBouncer it is said: ${advice.join(' ')} (${isPooled ? '' : 'not '}pooled), not: ${expected.join(' ')}`,
  );
}

/** Without Redis the queue would be in PostgreSQL, which must be refused. */
async function expectNoQueue(url: string): Promise<void> {
  const failure = await runTrackly({ DATABASE_URL: url }, 'migrate').then(() => 'nothing', String);
  if (!failure.includes('set REDIS_URL')) throw new Error(`A queue behind PgBouncer was met with: ${failure}`);
}
