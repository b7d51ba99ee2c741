import type { ChunkRef, Rejection } from '@trackly/contract';
import type { Database } from '@trackly/db';

// The ledger is the product's own: what is plain is how records are saved, not how they are kept until then.

export type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0];

export interface OpenRecord {
  recordIndex: number;
  messageRef: string;
  offerRef: string;
  /** Plain decimals. */
  revenue: string;
  payout: string | null;
  attributionType: string;
  occurredAt: Date;
}

/** Reads the records of a chunk, which no one else can complete until the transaction ends; none when it is completed. */
export async function lockChunk(tx: Transaction, { accountId, importId, chunkIndex }: ChunkRef): Promise<OpenRecord[]> {
  await tx.$queryRaw`
    SELECT FROM import_chunks
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}
    FOR UPDATE`;
  return tx.$queryRaw<OpenRecord[]>`
    SELECT
      record.index AS "recordIndex", record.message_id AS "messageRef", record.offer_id AS "offerRef",
      record.revenue::text, record.payout::text, coalesce(record.attribution_type, 'sale') AS "attributionType",
      coalesce(record.timestamp, imports.created_at) AS "occurredAt"
    FROM import_chunks AS chunk
    JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
    JOIN revenue_chunk_records AS open
      ON open.account_id = chunk.account_id AND open.import_id = chunk.import_id AND open.chunk_index = chunk.chunk_index,
    unnest(
      chunk.record_indexes, open.message_id, open.offer_id, open.revenue, open.payout, open.attribution_type,
      open.timestamp
    ) AS record (index, message_id, offer_id, revenue, payout, attribution_type, timestamp)
    WHERE chunk.account_id = ${accountId}::bigint AND chunk.import_id = ${importId}::uuid AND chunk.chunk_index = ${chunkIndex}`;
}

export interface Outcome {
  successCount: number;
  /** A plain decimal. */
  revenueTotal: string;
  errors: Rejection[];
}

export async function completeChunk(tx: Transaction, chunk: ChunkRef, outcome: Outcome): Promise<void> {
  const { accountId, importId, chunkIndex } = chunk;
  const { successCount, revenueTotal, errors } = outcome;
  await tx.$executeRaw`
    UPDATE import_chunks
    SET
      record_indexes = NULL, completed_at = now(), success_count = ${successCount}, skipped_count = 0,
      totals = json_build_object('revenue', ${revenueTotal}::numeric), errors = ${JSON.stringify(errors)}::json
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}`;
  await tx.$executeRaw`
    DELETE FROM revenue_chunk_records
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}`;
}
