import { createHash } from 'node:crypto';

import type { Input, Row } from '../files/input.ts';
import type { Mapping } from '../mapping/mapping.ts';

/** The limits of a batch: those of a request, less the JSON around the records. */
export const BATCH_LIMITS = { rows: 1000, bytes: 5 * 1024 * 1024 - 64 };

/** A rejected row, by its index in the batch, and the reason. */
export interface Rejection {
  row: number;
  code: string;
  error: string;
}

/** Rows of a file that are sent together. */
export interface Batch {
  /** How many rows of the file come before it. */
  position: number;
  hash: string;
  rows: Row[];
  /** The records to send. */
  records: Record<string, unknown>[];
  /** For each record, the index of its row. */
  rowOfRecord: number[];
  /** The rows that are not sent, because no record can be made of them. */
  rejections: Rejection[];
  /** How many bytes of the file have been read at the end of the batch. */
  bytes: number;
}

/**
 * Cuts a file into batches as large as the service accepts. The same rows must always give the same batches, or records
 * could count twice. Therefore a read error yields no shorter last batch: more rows may follow on the next run.
 */
export async function* cutIntoBatches(input: Input, mapping: Mapping): AsyncGenerator<Batch, void> {
  let batch = openBatch(0);
  for await (const row of input.rows) {
    const mapped = mapRow(row, mapping);
    const bytes = 'record' in mapped ? Buffer.byteLength(JSON.stringify(mapped.record)) + 1 : 0;
    if (batch.rows.length === BATCH_LIMITS.rows || batch.recordBytes + bytes > BATCH_LIMITS.bytes) {
      yield closeBatch(batch, input);
      batch = openBatch(batch.position + batch.rows.length);
    }

    const index = batch.rows.push(row) - 1;
    if ('record' in mapped) {
      batch.records.push(mapped.record);
      batch.rowOfRecord.push(index);
      batch.recordBytes += bytes;
    } else {
      batch.rejections.push({ row: index, ...mapped });
    }
  }
  if (batch.rows.length > 0) yield closeBatch(batch, input);
}

function mapRow(row: Row, mapping: Mapping): ReturnType<Mapping['toRecord']> {
  return row.problem === undefined ? mapping.toRecord(row.fields) : { code: 'invalid_record', error: row.problem };
}

type OpenBatch = Omit<Batch, 'hash' | 'bytes'> & { recordBytes: number };

function openBatch(position: number): OpenBatch {
  return { position, rows: [], records: [], rowOfRecord: [], rejections: [], recordBytes: 0 };
}

function closeBatch(batch: OpenBatch, input: Input): Batch {
  const content = JSON.stringify(batch.rows.map(({ cells }) => cells));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32);
  return { ...batch, hash, bytes: input.bytesRead() };
}
