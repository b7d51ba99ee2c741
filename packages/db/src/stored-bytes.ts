import { MAX_KEPT_RECORD_BYTES, type KeptRejection } from '@trackly/contract';

/*
 * Estimates of what is stored, in bytes on disk with its share of the indexes. They are a bit higher than what
 * PostgreSQL takes without dead rows; a test compares them.
 */

/** An import without texts, a completed chunk without texts, an undo chunk, a fingerprint without its name. */
const IMPORT_BYTES = 420;
const CHUNK_BYTES = 400;
export const UNDO_CHUNK_BYTES = 260;
export const FINGERPRINT_BYTES = 240;

/** The most that an open chunk takes, now or when it is completed: for itself, and for each record. */
export const OPEN_CHUNK_BYTES = 2 * 1024;
export const OPEN_RECORD_BYTES = MAX_KEPT_RECORD_BYTES;

/** A text in an index takes twice its length: pages of the index are not full. */
const INDEXED = 2.5;

export interface StoredImport {
  requestId: string;
  rejected: readonly KeptRejection[];
  idempotencyKey: string | undefined;
  fingerprints: readonly string[];
  importName: string | undefined;
}

export interface ImportBytes {
  /** Rejected records that are kept. */
  keptBytes: number;
  /** All that is removed with the import, kept records included, but for its chunks. */
  storedBytes: number;
  fingerprintBytes: number;
}

/** Estimates what an import takes besides its chunks and their rows. */
export function importBytes(stored: StoredImport): ImportBytes {
  const { requestId, rejected, idempotencyKey = '', fingerprints, importName = '' } = stored;
  const keptBytes = rejected.reduce((sum, { record }) => sum + Buffer.byteLength(record ?? ''), 0);
  const indexed = Buffer.byteLength(requestId) + Buffer.byteLength(idempotencyKey);
  return {
    keptBytes,
    storedBytes: IMPORT_BYTES + Math.ceil(indexed * INDEXED) + textBytes(keptBytes + errorBytes(rejected)),
    fingerprintBytes: fingerprints.length * (FINGERPRINT_BYTES + Buffer.byteLength(importName)),
  };
}

/**
 * Estimates what a completed chunk takes besides its rows.
 *
 * @param texts the JSON that it has: errors, rejected records and warnings
 */
export function chunkBytes(texts: readonly string[]): number {
  return CHUNK_BYTES + textBytes(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
}

/** The same in SQL, of JSON expressions that are not null. */
export function chunkBytesOf(texts: readonly string[]): string {
  return `${CHUNK_BYTES} + (${texts.map((text) => `octet_length((${text})::text)`).join(' + ')}) * 13 / 12`;
}

/** PostgreSQL stores a long text in pieces, each with a header and an entry in an index. */
function textBytes(bytes: number): number {
  return Math.ceil((bytes * 13) / 12);
}

/** The errors of rejected records, and their places in the array of records. */
function errorBytes(rejected: readonly KeptRejection[]): number {
  const errors = rejected.map(({ record: _record, ...rejection }) => rejection);
  return Buffer.byteLength(JSON.stringify(errors)) + 8 * rejected.length;
}
