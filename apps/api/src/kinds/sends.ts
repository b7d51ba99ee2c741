import { kindSpecs, MAX_RECORDS, sendRecordErrors } from '@trackly/contract';

import type { Examples } from '../description/responses.ts';
import type { ApiKind } from './api-kind.ts';

const requests: Examples = {
  documented: {
    summary: 'Two messages',
    value: {
      records: [
        {
          id: 'hist_0001',
          list_number: '+15550001234',
          to_number: '+15551000001',
          message: 'Spring sale: 20 % off until Sunday.',
          send_type: 'campaign',
          delivered: true,
          length: 35,
          timestamp: '2025-11-15T15:00:00Z',
        },
        { id: 'hist_0002', list_id: 17, to_number: '+15551000002', timestamp: '2025-11-15T15:00:01Z' },
      ],
    },
  },
};

const saved = { success_count: 2, error_count: 0, invalid_phones: 0, duplicates_skipped: 0, errors: [] };

const results: Examples = {
  documented: { summary: 'All imported', value: saved },
  some: {
    summary: 'One record rejected, and one skipped because its id is there already',
    value: {
      success_count: 0,
      error_count: 1,
      invalid_phones: 1,
      duplicates_skipped: 1,
      errors: [{ index: 1, id: 'hist_0002', code: 'invalid_phone', error: sendRecordErrors.invalid_phone }],
    },
  },
};

/** The description of importing sends. */
export const sendsKind: ApiKind = {
  spec: kindSpecs.sends,
  operationId: 'importSends',
  summary: 'Import historical sends',
  description:
    `Imports up to ${MAX_RECORDS.toLocaleString('en')} past messages, to which revenue can refer then, and updates the ` +
    'stats of their contacts. A contact that is not there, or not on the list, is added. The text of a message is checked, ' +
    'but not stored. A record whose id exists already, or comes earlier in the same request, is skipped and counted; if it ' +
    'says something else than what is there, `GET /api/v2/history/imports/{import_id}/errors` has the warning ' +
    '`duplicate_differs`. A rejected record does not affect the others: an answer of 200 can list errors. The ' +
    'decompressed body may have up to 5 MB.',
  requests,
  results,
};
