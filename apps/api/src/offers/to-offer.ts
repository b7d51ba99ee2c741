import { exactNumber, type Offer } from '@trackly/contract';
import type { StoredOffer } from '@trackly/db';

/** Converts an offer to the form of the API. */
export function toOffer(row: StoredOffer): Offer {
  return {
    id: row.publicId,
    name: row.name,
    tracking_url: row.trackingUrl,
    external_id: row.externalId,
    external_platform: row.externalPlatform,
    payout: exactNumber(row.payout),
    payout_type: row.payoutType,
    status: row.status,
    created_at: row.createdAt,
    import_id: row.importId,
  };
}
