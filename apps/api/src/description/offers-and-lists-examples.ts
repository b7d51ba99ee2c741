import type { Examples } from './responses.ts';

const list = {
  id: 7,
  phone_number: '+15550000001',
  brand_name: 'Winter Shop',
  list_name: 'Newsletter',
  list_type: 'toll_free',
  status: 'active',
  contact_count: 1200,
  created_at: '2025-11-15T16:00:00.000Z',
};

/** As a client sends it. */
export const newOffer = {
  id: 'offer_123',
  name: 'Winter sale',
  tracking_url: 'https://go.example.com/winter',
  external_id: 'tune-77',
  external_platform: 'tune',
  payout: 5,
  payout_type: 'cpa',
  status: 'active',
};

const offer = {
  ...newOffer,
  created_at: '2025-11-15T16:00:00.000Z',
  import_id: '019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f',
};

const pageOfOne = { page: 1, total: 1, total_pages: 1, has_more: false };

export const lists: Examples = { list: { value: list } };
export const listsPage: Examples = {
  lists: { value: { lists: [list], pagination: { ...pageOfOne, per_page: 1000 } } },
};

export const oneOffer: Examples = { offer: { value: offer } };
export const offersPage: Examples = {
  offers: { value: { offers: [offer], pagination: { ...pageOfOne, per_page: 50 } } },
};
export const savedOffers: Examples = { saved: { value: { success: true, is_new_offer: true, offer } } };
