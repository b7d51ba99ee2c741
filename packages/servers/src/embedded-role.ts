import { createHmac } from 'node:crypto';

import { applyRoles } from '@trackly/db';

import { findRightsTrouble } from './rights.ts';

const PROCESSES = 'trackly_processes';

/**
 * Makes the role with which processes use the embedded server, if it does not exist or lacks a right. It can read and
 * write rows, but neither run programs nor read files, as the superuser that owns the tables can.
 *
 * @param ownerUrl of the migrated database, as the superuser
 * @returns the URL for the processes
 */
export async function asProcesses(ownerUrl: string): Promise<string> {
  const owner = new URL(ownerUrl);
  const url = new URL(ownerUrl);
  url.username = PROCESSES;
  // Needs no file of its own: who knows the owner's password knows this one, and not the other way round.
  url.password = createHmac('sha256', owner.password).update(PROCESSES).digest('base64url');

  // The queue may be in Redis now and in this server later.
  const connected = { databaseUrl: url.href, isPooled: false, queueServer: { databaseUrl: url.href } };
  const isReady = await findRightsTrouble(connected).then(
    (trouble) => trouble === undefined,
    () => false,
  );
  if (!isReady) await applyRoles(ownerUrl, { owner: owner.username, processes: PROCESSES, password: url.password });
  return url.href;
}
