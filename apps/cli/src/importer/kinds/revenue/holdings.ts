import type { RevenueReport, RevenueReportQuery, TracklyClient } from '@trackly/client';
import pMap from 'p-map';

import { Sums } from './sums.ts';

/** What a service holds of some imports. */
export interface Holdings {
  byMonth: Sums;
  /** By offer id. */
  byOffer: Sums;
  /** The ids of the offers found, by external id. */
  offerIds: Map<string, string>;
}

/** Keeps the service busy: each API process computes two reports at a time. */
const CONCURRENCY = 4;
const LONGEST_PAGE = 10_000;

/** The key of offers that no longer exist. */
export const GONE = '(no longer exists)';

/** Asks the service what it holds of each import, with one report per import and dimension. */
export async function readHoldings(
  client: TracklyClient,
  importIds: readonly string[],
  onProgress: (imports: number) => void,
): Promise<Holdings> {
  const holdings: Holdings = { byMonth: new Sums(), byOffer: new Sums(), offerIds: new Map() };
  let asked = 0;
  await pMap(
    importIds,
    async (importId) => {
      for await (const row of rowsOf(client, { by: 'month', import: importId })) {
        holdings.byMonth.add(row.month ?? '', row.record_count, row.revenue);
      }
      for await (const row of rowsOf(client, { by: 'offer', import: importId })) {
        const offerId = row.offer_id ?? GONE;
        holdings.byOffer.add(offerId, row.record_count, row.revenue);
        if (row.external_id) holdings.offerIds.set(row.external_id, offerId);
      }
      asked += 1;
      onProgress(asked);
    },
    { concurrency: CONCURRENCY },
  );
  return holdings;
}

async function* rowsOf(
  client: TracklyClient,
  query: Pick<RevenueReportQuery, 'by' | 'import'>,
): AsyncGenerator<RevenueReport['rows'][number], void> {
  let cursor: string | null | undefined;
  do {
    const page = await client.reportRevenue({ ...query, limit: LONGEST_PAGE, ...(cursor && { cursor }) });
    yield* page.rows;
    cursor = page.next_cursor;
  } while (cursor);
}
