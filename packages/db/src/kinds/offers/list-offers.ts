import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import { newOfferId } from './new-offer-id.ts';

export interface StoredOffer {
  publicId: string;
  name: string;
  trackingUrl: string | null;
  externalId: string | null;
  externalPlatform: string | null;
  /** A plain decimal. */
  payout: string;
  payoutType: string;
  status: string;
  /** Null: not known. */
  createdAt: Date | null;
  /** The import that has made it; null if none has. */
  importId: string | null;
}

const COLUMNS = Prisma.raw(`
      offers.public_id AS "publicId",
      offers.name,
      offers.tracking_url AS "trackingUrl",
      offers.external_id AS "externalId",
      offers.external_platform AS "externalPlatform",
      trim_scale(offers.payout)::text AS payout,
      offers.payout_type AS "payoutType",
      offers.status,
      offers.created_at AS "createdAt",
      offers.import_id AS "importId"`);

export interface OfferPageOptions {
  accountId: string;
  /** How many offers come before the page. */
  offset: number;
  /** Maximum number of offers. */
  count: number;
}

/** Reads a page of an account's offers, the latest first: the primary key yields them in order. */
export async function listOffers(db: Database, { accountId, offset, count }: OfferPageOptions): Promise<StoredOffer[]> {
  return db.$queryRaw<StoredOffer[]>`
    /* list-offers */
    SELECT ${COLUMNS}
    FROM offers
    WHERE offers.account_id = ${accountId}::bigint
    ORDER BY offers.id DESC
    OFFSET ${offset}::integer LIMIT ${count}::integer`;
}

/** Counts an account's offers, up to `most`. */
export async function countOffers(db: Database, { accountId, most }: { accountId: string; most: number }) {
  const [found] = await db.$queryRaw<{ count: number }[]>`
    /* count-offers */
    SELECT count(*)::integer AS count
    FROM (SELECT FROM offers WHERE account_id = ${accountId}::bigint LIMIT ${most}::integer) AS counted`;
  return found?.count ?? 0;
}

/** Finds an offer by its id or, if there is none, by its external id: of several, the one that was there first. */
export async function findOffer(db: Database, accountId: string, ref: string): Promise<StoredOffer | undefined> {
  const [found] = await db.$queryRaw<StoredOffer[]>`
    /* find-offer */
    SELECT ${COLUMNS}
    FROM offers
    WHERE offers.account_id = ${accountId}::bigint AND (offers.public_id = ${ref} OR offers.external_id = ${ref})
    ORDER BY (offers.public_id = ${ref}) DESC, offers.id
    LIMIT 1`;
  return found;
}

/**
 * Finds the offer that an import of one record has made or, if it was there already, has left as it is.
 *
 * @param id the id of the record, if it has one
 */
export async function findSavedOffer(
  db: Database,
  { accountId, importId, id }: { accountId: string; importId: string; id: string | undefined },
): Promise<StoredOffer | undefined> {
  const [found] = await db.$queryRaw<StoredOffer[]>`
    /* find-saved-offer */
    SELECT ${COLUMNS}
    FROM offers
    WHERE offers.account_id = ${accountId}::bigint
      AND offers.public_id = coalesce(${id}::text, ${newOfferId(importId, '0')})`;
  return found;
}
