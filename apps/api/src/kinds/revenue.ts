import { kindSpecs, MAX_RECORDS, revenueRecordErrors } from '@trackly/contract';

import type { Examples } from '../description/responses.ts';
import type { ApiKind } from './api-kind.ts';

const requests: Examples = {
  documented: {
    summary: 'Three records',
    value: {
      records: [
        {
          message_id: 'a1b2c3d4',
          offer_id: 'offer_123',
          revenue: 24.99,
          payout: 5,
          attribution_type: 'sale',
          timestamp: '2025-11-15T16:00:00Z',
        },
        { message_id: 'e5f6g7h8', offer_id: 'offer_456', revenue: 12.5, timestamp: '2025-11-15T17:30:00Z' },
        { message_id: 'i9j0k1l2', offer_id: 'offer_123', revenue: 8.75, attribution_type: 'migration' },
      ],
    },
  },
  exact: {
    summary: 'An amount as a string, to keep all of its digits',
    value: { records: [{ message_id: 'a1b2c3d4', offer_id: 'offer_123', revenue: '9999999999.9999' }] },
  },
};

const allImported = { success_count: 3, error_count: 0, total_revenue: 46.24, errors: [] };

const results: Examples = {
  documented: { summary: 'All imported', value: allImported },
  some: {
    summary: 'One record rejected',
    value: {
      success_count: 2,
      error_count: 1,
      total_revenue: 37.49,
      errors: [{ index: 2, code: 'message_not_found', error: revenueRecordErrors.message_not_found }],
    },
  },
};

/** The description of importing revenue. */
export const revenueKind: ApiKind = {
  spec: kindSpecs.revenue,
  operationId: 'importRevenue',
  summary: 'Import historical revenue',
  description:
    `Imports up to ${MAX_RECORDS.toLocaleString('en')} past revenue records, each tied to a message and an offer, and ` +
    'updates the stats of their contacts. A rejected record does not affect the others: an answer of 200 can list ' +
    'errors. The decompressed body may have up to 5 MB.',
  requests,
  results,
};
