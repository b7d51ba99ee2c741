import type { RevenueReport, RevenueReportQuery, TracklyClient } from '@trackly/client';
import pMap from 'p-map';

import { Sums } from './sums.ts';

/** What a service holds of some imports. */
export interface Holdings {
  byMonth: Sums;
  /** By their ids. */
  byOffer: Sums;
  /** The ids of the offers that are there, by external id. */
  offerIds: Map<string, string>;
}

/** The service adds up two reports at the same time. */
const CONCURRENCY = 4;
const LONGEST_PAGE = 10_000;

/** How offers are called that are not in the catalog any more. */
export const GONE = '(no longer in the catalog)';

/** Asks the service what it holds of imports, each by itself. */
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
