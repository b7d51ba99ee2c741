import type { ImportRef, CheckedRecord, RevenueRejection } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface AcceptedImport extends ImportRef {
  kind: string;
  requestId: string;
  recordCount: number;
  chunks: CheckedRecord[][];
  rejected: RevenueRejection[];
}

/** Writes an import and its chunks, records included. Once this has returned, the import cannot be lost. */
export async function acceptImport(db: Database, accepted: AcceptedImport): Promise<void> {
  const { accountId, importId, kind, requestId, recordCount, chunks, rejected } = accepted;
  const chunkRecords = chunks.map((records) => JSON.stringify(records));
  const chunkSizes = chunks.map((records) => records.length);

  await db.$executeRaw`
    WITH accepted AS (
      INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
      VALUES (${accountId}::bigint, ${importId}::uuid, ${kind}, ${requestId}, ${recordCount}, ${JSON.stringify(rejected)}::json)
    )
    INSERT INTO import_chunks (account_id, import_id, chunk_index, record_count, records)
    SELECT ${accountId}::bigint, ${importId}::uuid, chunk.position - 1, chunk.record_count, chunk.records::json
    FROM unnest(${chunkRecords}::text[], ${chunkSizes}::integer[])
      WITH ORDINALITY AS chunk (records, record_count, position)`;
}
