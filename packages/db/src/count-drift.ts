import type { Database } from './client.ts';
import { kinds } from './kinds/index.ts';
import { countListsDrift } from './lists/count-drift.ts';

/**
 * Adds up the differences between what an account's rows say and what is derived from them: the stats of contacts, for each
 * kind of import, and the counts of lists. Reads all rows of the account: meant for checks, not for requests.
 */
export async function countDrift(db: Database, accountId: string): Promise<number> {
  let drift = await countListsDrift(db, accountId);
  for (const kind of Object.values(kinds)) drift += (await kind.countDrift?.(db, accountId)) ?? 0;
  return drift;
}
