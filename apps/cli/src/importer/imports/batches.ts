import { createHash } from 'node:crypto';

import type { Input, Row } from '../files/input.ts';
import type { Mapping } from '../mapping/mapping.ts';

/** The most that goes into a batch: what the service takes, less what surrounds the records. */
export const BATCH_LIMITS = { rows: 1000, bytes: 5 * 1024 * 1024 - 64 };

/** A row that is not imported, by its index in the batch, and why. */
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
  /** What is sent. */
  records: Record<string, unknown>[];
  /** Of which row each record is, by index. */
  rowOfRecord: number[];
  /** Rows that are not sent, because no record can be made of them. */
  rejections: Rejection[];
  /** How much of the file has been read at its end. */
  bytes: number;
}

/**
 * Cuts a file into batches as large as the service takes. The same rows give the same batches: on that stands that
 * none is counted twice. So a file that cannot be read on gives no last, shorter batch: its rows may not be all.
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
