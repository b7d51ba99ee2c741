import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import pg from 'pg';

import { findServerPrograms } from '../../../packages/runtime/src/embedded/binaries.ts';
import { startPostgres } from '../../lab/postgres.ts';
import { makeCertificates } from '../support/certificates.ts';
import { postgresCrash } from '../support/databases.ts';
import type { Topology } from '../topology.ts';

/** PostgreSQL that takes TLS only, with a certificate of a private authority: named in the URL, or known to Node. */
export const postgresTls: Topology = {
  name: 'postgres-tls',
  about: 'PostgreSQL with TLS only, verified against a private CA, the queue in it as well',
  programs: ['openssl'],

  async start({ folder, cleanup }) {
    const { owner } = await findServerPrograms(folder);
    const { authority, certificate, key } = await makeCertificates(path.join(folder, 'certificates'), owner);
    const access = path.join(folder, 'pg_hba.conf');
    await writeFile(access, 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
    const settings = { ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key, hba_file: access };
    const postgres = cleanup.use(await startPostgres(folder, { settings }));

    const known = new URL(postgres.serverUrl);
    known.hostname = 'localhost';
    known.searchParams.set('sslmode', 'verify-full');
    await expectNoTrust(known.href);
    const named = new URL(known);
    named.searchParams.set('sslrootcert', authority);
    return {
      databaseUrl: named.href,
      settings: { DATABASE_URL: named.href },
      workerSettings: { DATABASE_URL: known.href, NODE_EXTRA_CA_CERTS: authority },
      secrets: [known.password],
      serverLogs: [postgres.logFile],
      trouble: postgresCrash(postgres),
    };
  },
};

/** Whoever does not know the authority must not connect: else nothing would have been verified. */
async function expectNoTrust(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  const failure = await client.connect().then(() => 'a connection', String);
  await client.end();
  if (!failure.includes('certificate')) throw new Error(`An unknown authority was met with: ${failure}`);
}
