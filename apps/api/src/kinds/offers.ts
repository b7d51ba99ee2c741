import { kindSpecs, MAX_RECORDS, OfferSaved } from '@trackly/contract';
import { findSavedOffer, type Database } from '@trackly/db';

import { newOffer, savedOffers } from '../description/offers-and-lists-examples.ts';
import type { Examples } from '../description/responses.ts';
import { toOffer } from '../offers/to-offer.ts';
import type { ApiKind, OneRecord, SavedRecord } from './api-kind.ts';

const requests: Examples = {
  documented: {
    summary: 'Two offers',
    value: {
      offers: [newOffer, { name: 'Spring sale' }],
    },
  },
};

const results: Examples = {
  documented: {
    summary: 'All imported',
    value: { success_count: 2, error_count: 0, duplicates_skipped: 0, errors: [] },
  },
  some: {
    summary: 'One offer was there already, and one is rejected',
    value: {
      success_count: 0,
      error_count: 1,
      duplicates_skipped: 1,
      errors: [{ index: 1, id: null, code: 'missing_name', error: kindSpecs.offers.errors.missing_name }],
    },
  },
};

const one: OneRecord = {
  path: '/offers',
  tag: 'Offers',
  operationId: 'saveOffer',
  summary: 'Add an offer',
  description:
    'Adds one offer, like an import of one offer: it is in the list of imports, and can be undone. Besides its name it needs ' +
    'a tracking_url. An offer whose id is there already stays as it is, and is returned with `is_new_offer` false.',
  requests: {
    documented: {
      value: { name: 'Winter sale', tracking_url: 'https://go.example.com/winter', payout: 5, payout_type: 'cpa' },
    },
  },
  results: savedOffers,
  response: OfferSaved,
  required: { tracking_url: 'missing_tracking_url' },
  statuses: {},
  answer: describeSaved,
};

async function describeSaved(db: Database, { accountId, importId, record, counts }: SavedRecord): Promise<OfferSaved> {
  const id = typeof record['id'] === 'string' ? record['id'] : undefined;
  const found = await findSavedOffer(db, { accountId, importId, id });
  return { success: true, is_new_offer: counts['duplicates_skipped'] === 0, offer: found ? toOffer(found) : null };
}

/** The description of importing offers. */
export const offersKind: ApiKind = {
  spec: kindSpecs.offers,
  operationId: 'importOffers',
  summary: 'Import offers',
  description:
    `Adds up to ${MAX_RECORDS.toLocaleString('en')} offers, which revenue can then refer to. An offer whose id is there ` +
    'already is skipped and counted: it stays as it is, and if it says something else, the list of errors has the warning ' +
    '`duplicate_differs`. A rejected offer does not affect the others. Undoing removes the offers that the import has made, ' +
    'unless revenue refers to one of them.',
  requests,
  results,
  one,
};
