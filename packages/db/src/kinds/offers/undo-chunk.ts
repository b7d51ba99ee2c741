import { kindSpecs, type ChunkRef } from '@trackly/contract';

import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import { undoWhole } from '../undo-whole.ts';
import type { UndoneChunk } from '../undo.ts';
import { storedBytes } from './stored-bytes.ts';

/**
 * Undoes an import of offers as a whole, unless revenue refers to one of them. There is no index for that search: every
 * saved record of revenue would have to update it, and undos are rare. So it reads all revenue rows of the account, as
 * undoing revenue does.
 */
export async function undoOffersImport(db: Database, chunk: ChunkRef): Promise<UndoneChunk | undefined> {
  const { accountId, importId } = chunk;
  const ofImport = Prisma.sql`offers.account_id = ${accountId}::bigint AND offers.import_id = ${importId}::uuid`;
  return undoWhole(db, kindSpecs.offers, chunk, {
    references: Prisma.sql`
      SELECT count(*) AS revenue
      FROM revenue_records AS record
      WHERE record.account_id = ${accountId}::bigint
        -- A hash lookup; if the import has made no offer, nothing is read.
        AND EXISTS (SELECT FROM offers WHERE ${ofImport})
        AND record.offer_id IN (SELECT offers.id FROM offers WHERE ${ofImport})`,
    steps: Prisma.sql`
    removed AS (
      DELETE FROM offers USING chunk WHERE ${ofImport} RETURNING ${storedBytes('offers')} AS stored_bytes
    )`,
  });
}
