import { MAX_RECORDS, revenue, type ImportKind, type KindSpec } from '@trackly/contract';

import { revenueRequests, revenueResponses } from './examples.ts';
import type { Examples } from './responses.ts';

/** A kind of import, and what is said of importing it. */
export interface DescribedKind {
  spec: KindSpec;
  operationId: string;
  summary: string;
  description: string;
  /** What a body looks like, and the answer to it. */
  requests: Examples;
  results: Examples;
}

/** The operations that import records, by kind. */
export const describedKinds: Record<ImportKind, DescribedKind> = {
  revenue: {
    spec: revenue,
    operationId: 'importRevenue',
    summary: 'Import historical revenue',
    description:
      `Imports up to ${MAX_RECORDS.toLocaleString('en')} past revenue records, each tied to a message and an offer, and ` +
      'updates the stats of their contacts. Records are imported each for itself: one that fails harms no other, and an ' +
      'answer of 200 may well list errors. The body may take 5 MB, decompressed.',
    requests: revenueRequests,
    results: revenueResponses,
  },
};
