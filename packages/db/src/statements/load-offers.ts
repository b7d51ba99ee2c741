import type { Database } from '../client.ts';

export interface OfferRow {
  offerId: string;
  name: string;
  externalId: string | null;
}

/**
 * Adds offers, as far as they are not there yet.
 *
 * @returns how many were added
 */
export async function loadOffers(db: Database, accountId: bigint, rows: readonly OfferRow[]): Promise<number> {
  return db.$executeRaw`
    INSERT INTO offers (account_id, public_id, name, external_id)
    SELECT ${accountId}::bigint, offer_id, name, external_id
    FROM unnest(
      ${rows.map((row) => row.offerId)}::text[],
      ${rows.map((row) => row.name)}::text[],
      ${rows.map((row) => row.externalId)}::text[]
    ) AS row (offer_id, name, external_id)
    ON CONFLICT (account_id, public_id) DO NOTHING`;
}

/** Lets the planner know the catalog as it is now; else it finds out minutes later, when autovacuum has been there. */
export async function analyzeCatalog(db: Database): Promise<void> {
  await db.$executeRaw`ANALYZE sending_lists, contacts, list_contacts, messages, offers`;
}
