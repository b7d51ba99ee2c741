import { Type, type Static } from '@sinclair/typebox';

import { ExactNumber } from '../exact-number.ts';
import { textOrNull, timeOrNull } from '../nullable.ts';
import { pageParameters, Pagination } from '../pagination.ts';

export const OffersQuery = Type.Object(pageParameters({ default: 50, maximum: 100 }), { additionalProperties: false });

/** An offer as it is read. */
export const Offer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    tracking_url: textOrNull(),
    external_id: textOrNull(),
    external_platform: textOrNull(),
    payout: ExactNumber,
    payout_type: Type.String(),
    status: Type.String(),
    created_at: timeOrNull('Null if it is not known.'),
    import_id: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      format: 'uuid',
      description: 'The import that has made it; null if none has.',
    }),
  },
  { title: 'Offer' },
);
export type Offer = Static<typeof Offer>;

/** A page of an account's offers, the latest first. */
export const OfferList = Type.Object(
  { offers: Type.Array(Offer), pagination: Pagination },
  { title: 'OfferListResponse' },
);

/** The answer to a request that adds one offer. */
export const OfferSaved = Type.Object(
  {
    success: Type.Literal(true),
    is_new_offer: Type.Boolean({ description: 'False if an offer with this id was there: it is unchanged.' }),
    offer: Type.Unsafe<Offer | null>({
      anyOf: [Offer, { type: 'null' }],
      description: 'The offer as it is now. Null if a dry run would make it.',
    }),
  },
  { title: 'OfferResponse' },
);
export type OfferSaved = Static<typeof OfferSaved>;
