import type { TableRights } from '../../rights.ts';

/** What the statements of offers do with tables. */
export const offersRights: TableRights = {
  offers_chunk_records: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  offers: ['SELECT', 'INSERT', 'DELETE'],
  revenue_records: ['SELECT'],
};

/** The functions that they call. */
export const offersFunctions: readonly string[] = ['find_offers'];
