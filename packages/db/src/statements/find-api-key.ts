import type { Database } from '../client.ts';

export interface KeyOwner {
  accountId: string;
  suspended: boolean;
}

/**
 * Finds the account of the key with the given hash, unless the key is revoked, and stores when the key was last used.
 * To save writes, this time is exact to the minute only.
 */
export async function findApiKey(db: Database, keyHash: Uint8Array<ArrayBuffer>): Promise<KeyOwner | undefined> {
  const [owner] = await db.$queryRaw<KeyOwner[]>`
    /* find-api-key */
    WITH api_key AS (
      SELECT account_id, id FROM api_keys WHERE key_hash = ${keyHash} AND revoked_at IS NULL
    ),
    used AS (
      UPDATE api_keys
      SET last_used_at = now()
      FROM api_key
      WHERE api_keys.account_id = api_key.account_id
        AND api_keys.id = api_key.id
        AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    )
    SELECT accounts.id::text AS "accountId", accounts.suspended_at IS NOT NULL AS suspended
    FROM api_key
    JOIN accounts ON accounts.id = api_key.account_id`;
  return owner;
}
