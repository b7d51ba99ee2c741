import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { flags } from '../../support/program.ts';
import { makeCertificates } from '../support/certificates.ts';
import { createEmptyDatabase } from '../support/databases.ts';
import { redisKill, startRedisFor } from '../support/redis.ts';
import { makeRoles } from '../support/roles.ts';
import type { Topology } from '../topology.ts';

const PASSWORD = 'p@ss/word-of-redis';

/** All that the product needs: its own keys, and no command that harms the keys of others. */
const RIGHTS = '~{trackly}:* resetchannels -@all +@read +@write +@connection +@transaction +eval +evalsha -@dangerous';

/** Redis that takes TLS only, and a user with few rights: not even to ask about the server. The same in PostgreSQL. */
export const redisTlsAcl: Topology = {
  name: 'redis-tls-acl',
  about: 'Redis with TLS only, a private CA, and a user that may touch only our keys; two roles in PostgreSQL',
  programs: ['redis-server', 'openssl'],

  async start({ folder, postgres, cleanup }) {
    const { authority, certificate, key } = await makeCertificates(path.join(folder, 'certificates'));
    const users = path.join(folder, 'users.acl');
    await writeFile(users, ['user default off', `user trackly on >${PASSWORD} ${RIGHTS}`].join('\n'));
    const redis = await startRedisFor(cleanup, folder, {
      args: (port) =>
        flags({
          port: 0,
          'tls-port': port,
          'tls-cert-file': certificate,
          'tls-key-file': key,
          'tls-ca-cert-file': authority,
          'tls-auth-clients': 'no',
          aclfile: users,
        }),
    });
    const databaseUrl = await createEmptyDatabase(postgres, 'redis_tls_acl');
    const roles = await makeRoles(databaseUrl);
    const ofRedis = {
      REDIS_URL: `rediss://trackly:${encodeURIComponent(PASSWORD)}@localhost:${redis.port}`,
      NODE_EXTRA_CA_CERTS: authority,
    };
    return {
      databaseUrl,
      settings: { DATABASE_URL: roles.processesUrl, ...ofRedis },
      migrateSettings: { DATABASE_URL: roles.ownerUrl, ...ofRedis },
      secrets: [PASSWORD, encodeURIComponent(PASSWORD), ...roles.passwords],
      trouble: redisKill(redis),
    };
  },
};
