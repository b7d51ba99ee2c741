import type { Database } from './client.ts';
import { kinds } from './kinds/index.ts';
import { countListsDrift } from './lists/count-drift.ts';

/**
 * Counts the differences between what an account's rows say and what is derived from them: the stats of contacts, for each
 * kind of import, and the counts of lists. Reads all rows of the account: meant for checks, not for requests.
 */
export async function countDriftByKind(db: Database, accountId: string): Promise<Record<string, number>> {
  const drift: Record<string, number> = { lists: await countListsDrift(db, accountId) };
  for (const [name, kind] of Object.entries(kinds)) drift[name] = (await kind.countDrift?.(db, accountId)) ?? 0;
  return drift;
}

/** Adds up all that {@link countDriftByKind} counts. */
export async function countDrift(db: Database, accountId: string): Promise<number> {
  const drift = await countDriftByKind(db, accountId);
  return Object.values(drift).reduce((sum, count) => sum + count, 0);
}
