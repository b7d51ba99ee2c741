import { PrismaPg } from '@prisma/adapter-pg';

import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;

export interface DatabaseOptions {
  /** A PostgreSQL URL. */
  url: string;
  /** Connections at most. */
  poolSize: number;
  /** What the server shows for these connections in pg_stat_activity. */
  applicationName: string;
}

/** Opens a pool of connections, on first use; `$disconnect()` closes it. */
export function openDatabase({ url, poolSize, applicationName }: DatabaseOptions): Database {
  const adapter = new PrismaPg({ connectionString: url, max: poolSize, application_name: applicationName });
  return new PrismaClient({ adapter });
}

/** Asks the server for a sign of life. Rejects when it does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}
