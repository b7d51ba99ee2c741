import type { Database } from '../client.ts';

export interface LeaseClaim {
  name: string;
  /** Id of the claimant: a UUID. */
  holder: string;
  /** How long the lease lasts unless it is claimed again, in seconds. */
  seconds: number;
}

/** Takes a free lease, or extends the holder's own. Returns false if another holder has it. */
export async function holdLease(db: Database, { name, holder, seconds }: LeaseClaim): Promise<boolean> {
  const held = await db.$executeRaw`
    /* hold-lease */
    INSERT INTO leases (name, holder, expires_at)
    VALUES (${name}, ${holder}::uuid, now() + make_interval(secs => ${seconds}))
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE leases.holder = excluded.holder OR leases.expires_at < now()`;
  return held > 0;
}

/** Gives a lease back, so that the next holder does not have to wait until it expires. */
export async function giveLeaseBack(db: Database, { name, holder }: Omit<LeaseClaim, 'seconds'>): Promise<void> {
  await db.$executeRaw`
    /* give-lease-back */
    DELETE FROM leases WHERE name = ${name} AND holder = ${holder}::uuid`;
}
