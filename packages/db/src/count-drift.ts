import type { Database } from './client.ts';
import { kinds } from './kinds/index.ts';
import { countListsDrift } from './lists/count-drift.ts';

/**
 * Counts an account's contacts whose stats differ from their rows, of all kinds of import, and those that the counts of lists lack. Reads all rows of the account:
 * meant for checks, not for requests.
 */
export async function countDrift(db: Database, accountId: string): Promise<number> {
  let drift = await countListsDrift(db, accountId);
  for (const kind of Object.values(kinds)) drift += (await kind.countDrift?.(db, accountId)) ?? 0;
  return drift;
}
