import { Type, type Static } from '@sinclair/typebox';

import { ExactNumber, exactNumber } from '../exact-number.ts';
import { RevenueRecordErrorCodeSchema, revenueRecordErrors, type RevenueRejection } from './errors.ts';

/** How many errors an answer lists; `error_count` counts them all. */
export const MAX_LISTED_ERRORS = 100;

const RevenueRecordError = Type.Object(
  {
    index: Type.Integer({ minimum: 0, description: 'Position of the record in the request.' }),
    code: RevenueRecordErrorCodeSchema,
    error: Type.String({ description: 'Why it was not imported, for people.' }),
  },
  { title: 'RevenueRecordError' },
);

export const RevenueImportResponse = Type.Object(
  {
    success_count: Type.Integer({ minimum: 0, description: 'Records imported.' }),
    error_count: Type.Integer({ minimum: 0, description: 'Records not imported.' }),
    total_revenue: ExactNumber,
    errors: Type.Array(RevenueRecordError, {
      maxItems: MAX_LISTED_ERRORS,
      description: `The first ${MAX_LISTED_ERRORS} records that were not imported, by index.`,
    }),
  },
  { title: 'RevenueImportResponse' },
);
export type RevenueImportResponse = Static<typeof RevenueImportResponse>;

/** What an import brought: its saved records, their exact sum, and every record that was not saved, in any order. */
export interface RevenueOutcome {
  successCount: number;
  /** A plain decimal without trailing zeros. */
  totalRevenue: string;
  rejections: RevenueRejection[];
}

/** The documented answer to an import that is completed. */
export function toRevenueResponse({ successCount, totalRevenue, rejections }: RevenueOutcome): RevenueImportResponse {
  const listed = rejections.toSorted((a, b) => a.index - b.index).slice(0, MAX_LISTED_ERRORS);
  return {
    success_count: successCount,
    error_count: rejections.length,
    total_revenue: exactNumber(totalRevenue),
    errors: listed.map(({ index, code }) => ({ index, code, error: revenueRecordErrors[code] })),
  };
}
