import { revenueRecordErrors } from '@trackly/contract';

import type { Examples } from './responses.ts';

const IMPORT_ID = '019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f';
const STATUS_URL = `/api/v2/history/imports/${IMPORT_ID}`;

const allImported = { success_count: 3, error_count: 0, total_revenue: 46.24, errors: [] };

const processing = {
  import_id: IMPORT_ID,
  kind: 'revenue',
  status: 'processing',
  dry_run: false,
  atomic: false,
  idempotency_key: 'history-2025-11-part-0042',
  record_count: 3,
  processed_count: 0,
  created_at: '2025-11-16T09:00:00.000Z',
  completed_at: null,
};
const completed = {
  ...processing,
  status: 'completed',
  processed_count: 3,
  completed_at: '2025-11-16T09:00:00.120Z',
};

export const imports: Examples = {
  processing: { summary: 'Still in progress', value: processing },
  completed: { summary: 'Completed', value: { ...completed, result: allImported } },
};

export const undoneImports: Examples = {
  undone: {
    summary: 'Undone',
    value: {
      ...completed,
      status: 'undone',
      undo: {
        requested_at: '2025-11-16T10:00:00.000Z',
        completed_at: '2025-11-16T10:00:00.080Z',
        removed_count: 3,
        removed_revenue: 46.24,
      },
    },
  },
};

export const importGoesOn: Examples = {
  processing: { value: { import_id: IMPORT_ID, status: 'processing', status_url: STATUS_URL } },
};

export const undoGoesOn: Examples = {
  undoing: { value: { import_id: IMPORT_ID, status: 'undoing', status_url: STATUS_URL } },
};

export const importLists: Examples = {
  imports: {
    summary: 'The last page',
    value: {
      imports: [{ ...completed, success_count: 3, error_count: 0, total_revenue: 46.24 }],
      next_cursor: null,
    },
  },
};

const failed = {
  index: 2,
  code: 'message_not_found',
  error: revenueRecordErrors.message_not_found,
  record: {
    message_id: 'unknown',
    offer_id: 'offer_123',
    revenue: 8.75,
    attribution_type: 'sale',
    timestamp: '2025-11-15T16:00:00.000000Z',
  },
};

export const importErrors: Examples = {
  errors: { summary: 'One rejected record', value: { errors: [failed], next_cursor: null } },
};

export const importErrorLines: Examples = {
  errors: { summary: 'One error per line', value: `${JSON.stringify(failed)}\n` },
};

export const importErrorTables: Examples = {
  errors: {
    summary: 'One error per row',
    value:
      'index,code,error,message_id,offer_id,revenue,payout,attribution_type,timestamp,record\n' +
      `2,message_not_found,${failed.error},unknown,offer_123,8.75,,sale,2025-11-15T16:00:00.000000Z,` +
      `"${JSON.stringify(failed.record).replaceAll('"', '""')}"\n`,
  },
};

const sums = { record_count: 3, revenue: 46.24, payout: 5 };

export const reports: Examples = {
  byMonth: {
    summary: 'By month',
    value: {
      by: 'month',
      from: '2025-01-01T00:00:00Z',
      to: null,
      rows: [{ month: '2025-11', ...sums }],
      total: sums,
      next_cursor: null,
    },
  },
  byOffer: {
    summary: 'By offer',
    value: {
      by: 'offer',
      from: null,
      to: null,
      rows: [{ offer_id: 'offer_123', name: 'Winter sale', external_id: 'tune-77', ...sums }],
      total: sums,
      next_cursor: null,
    },
  },
};

export const reportTables: Examples = {
  byMonth: { summary: 'By month', value: 'month,record_count,revenue,payout\n2025-11,3,46.24,5\n' },
};
