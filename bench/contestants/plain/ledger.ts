import type { ChunkRef, RevenueRejection } from '@trackly/contract';
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
      record.index AS "recordIndex", record.message_ref AS "messageRef", record.offer_ref AS "offerRef",
      record.revenue::text, record.payout::text, coalesce(record.attribution_type, 'sale') AS "attributionType",
      coalesce(record.occurred_at, imports.created_at) AS "occurredAt"
    FROM import_chunks AS chunk
    JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id,
    unnest(record_indexes, message_refs, offer_refs, revenues, payouts, attribution_types, occurred_ats)
      AS record (index, message_ref, offer_ref, revenue, payout, attribution_type, occurred_at)
    WHERE chunk.account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}`;
}

export interface Outcome {
  successCount: number;
  /** A plain decimal. */
  revenueTotal: string;
  errors: RevenueRejection[];
}

export async function completeChunk(tx: Transaction, chunk: ChunkRef, outcome: Outcome): Promise<void> {
  const { accountId, importId, chunkIndex } = chunk;
  const { successCount, revenueTotal, errors } = outcome;
  await tx.$executeRaw`
    UPDATE import_chunks
    SET
      record_indexes = NULL, message_refs = NULL, offer_refs = NULL, revenues = NULL, payouts = NULL,
      attribution_types = NULL, occurred_ats = NULL, completed_at = now(), success_count = ${successCount},
      revenue_total = ${revenueTotal}::numeric, errors = ${JSON.stringify(errors)}::json
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}`;
}
