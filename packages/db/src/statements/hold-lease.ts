import type { Database } from '../client.ts';

export interface LeaseClaim {
  name: string;
  /** Who wants it: a UUID. */
  holder: string;
  /** How long it lasts, in seconds, unless it is claimed again. */
  seconds: number;
}

/** Takes a lease that nobody has, or extends one's own. False when somebody else has it. */
export async function holdLease(db: Database, { name, holder, seconds }: LeaseClaim): Promise<boolean> {
  const held = await db.$executeRaw`
    /* hold-lease */
    INSERT INTO leases (name, holder, expires_at)
    VALUES (${name}, ${holder}::uuid, now() + make_interval(secs => ${seconds}))
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE leases.holder = excluded.holder OR leases.expires_at < now()`;
  return held > 0;
}

/** Gives a lease back, so that the next one need not wait until it expires. */
export async function giveLeaseBack(db: Database, { name, holder }: Omit<LeaseClaim, 'seconds'>): Promise<void> {
  await db.$executeRaw`
    /* give-lease-back */
    DELETE FROM leases WHERE name = ${name} AND holder = ${holder}::uuid`;
}
