import { amount, identifier, LONGEST_ID, oneOf, pattern } from '../fields.ts';
import { defineKind } from '../kind.ts';
import { offerErrors } from './errors.ts';

const LONGEST_NAME = 255;

/** Without white space, NUL and unpaired surrogates. */
const TRACKING_URL_PATTERN = String.raw`^(?=.{1,2048}$)[Hh][Tt][Tt][Pp][Ss]?://[^\s\u0000\p{Cs}]+$`;

/** Offers: what revenue was earned with. */
export const offers = defineKind({
  name: 'offers',
  title: 'Offer',
  path: '/offers/bulk',
  list: { name: 'offers', missing: 'missing_offers', tooMany: 'too_many_offers' },
  fields: {
    id: {
      schema: identifier(LONGEST_ID, 'The id of the offer, unique in the account. Default: a new one.'),
      column: 'text',
      invalid: 'invalid_id',
    },
    name: {
      schema: identifier(LONGEST_NAME, 'The name of the offer, for people.'),
      column: 'text',
      missing: 'missing_name',
      invalid: 'invalid_name',
    },
    tracking_url: {
      schema: pattern(TRACKING_URL_PATTERN, 'The http or https address that the offer leads to.'),
      column: 'text',
      invalid: 'invalid_tracking_url',
    },
    external_id: {
      schema: identifier(LONGEST_ID, 'The id of the offer on another platform. Revenue may name it instead of the id.'),
      column: 'text',
      invalid: 'invalid_external_id',
    },
    external_platform: {
      schema: oneOf(['tune', 'everflow'], { description: 'The platform that external_id is of.' }),
      column: 'text',
      invalid: 'invalid_external_platform',
    },
    payout: {
      schema: { ...amount('What a conversion pays.'), default: 0 },
      column: 'numeric',
      invalid: 'invalid_payout',
    },
    payout_type: {
      schema: oneOf(['cpa', 'cpc'], { default: 'cpa', description: 'What is paid for: an action or a click.' }),
      column: 'text',
      invalid: 'invalid_payout_type',
    },
    status: {
      schema: oneOf(['active', 'paused'], {
        default: 'active',
        description: 'For people: revenue of a paused offer is imported, too.',
      }),
      column: 'text',
      invalid: 'invalid_status',
    },
  },
  identity: 'id',
  totals: [],
  skippedAs: 'duplicates_skipped',
  isUndoneAsWhole: true,
  errorFields: ['id'],
  errors: offerErrors,
  warnings: {
    duplicate_differs: 'An offer with this id exists already, with other values. It is unchanged.',
    external_id_taken:
      'Another offer has this external_id, too. Revenue that names it counts for the offer that was there first.',
  },
});
