import { Type, type Static } from '@sinclair/typebox';
import {
  countsOf,
  totalsOf,
  type ImportError,
  type ImportKind,
  type ImportRecord,
  type TracklyClient,
} from '@trackly/client';

import { toIdempotencyKey } from './batch-key.ts';
import type { Batch, Rejection } from './batches.ts';

const RejectedRows = Type.Object({
  code: Type.String(),
  error: Type.String(),
  /** Indexes of the rows in the batch. */
  rows: Type.Array(Type.Integer({ minimum: 0 })),
});

export const PlainDecimal = Type.String({ pattern: String.raw`^\d+(\.\d+)?$` });

/** The outcome of a batch, as the journal keeps it. */
export const BatchOutcome = Type.Object({
  position: Type.Integer({ minimum: 0 }),
  hash: Type.String(),
  rows: Type.Integer({ minimum: 1 }),
  /** Null if no row of the batch could be sent. */
  import_id: Type.Union([Type.String(), Type.Null()]),
  imported: Type.Integer({ minimum: 0 }),
  /** The totals of the kind by field: exact plain decimals. */
  totals: Type.Record(Type.String(), PlainDecimal),
  /** The counts of the kind by name; absent if it has none. */
  counts: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
  /** What else the service says about the records: numbers of records by notice; absent if there is nothing. */
  notices: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 1 }))),
  rejected: Type.Array(RejectedRows),
});
export type BatchOutcome = Static<typeof BatchOutcome>;

export interface SendOptions {
  kind: ImportKind;
  /** Name of the import. */
  name: string;
  /** The name as the key of the batch spells it. */
  spelling: string;
  /** Imports records even if they were imported under another name before. */
  again: boolean;
  /** Dry runs are sent without an Idempotency-Key. */
  dryRun: boolean;
  /** Aborts the request. */
  signal?: AbortSignal | undefined;
}

/** What the service has answered to a batch. */
export interface Answer {
  outcome: BatchOutcome;
  /** Whether the service had saved the batch before. */
  isReplay: boolean;
}

/**
 * Sends a batch, and returns its outcome once the service has saved it. After any failure, the batch can be sent again.
 *
 * @throws TracklyError
 */
export async function sendBatch(client: TracklyClient, batch: Batch, options: SendOptions): Promise<Answer> {
  const { position, hash, records, rowOfRecord, rejections } = batch;
  const base = { position, hash, rows: batch.rows.length };
  if (records.length === 0) {
    const outcome = { ...base, import_id: null, imported: 0, totals: {}, rejected: groupByReason(rejections) };
    return { outcome, isReplay: false };
  }

  const { kind, name, spelling, again, dryRun, signal } = options;
  // What the mapping has not converted is for the service to judge: in NDJSON a field can be anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const outcome = await client.importRecords(kind, records as ImportRecord<ImportKind>[], {
    dryRun,
    signal,
    name,
    fingerprints: batch.fingerprints,
    again,
    ...(!dryRun && { idempotencyKey: toIdempotencyKey({ name: spelling, position, hash }) }),
  });
  // The answer lists only the first hundred errors.
  const isWhole = outcome.errors.length === outcome.error_count;
  const errors = isWhole ? outcome.errors : await readErrors(client, outcome.import_id, signal);
  const counts = countsOf(kind, outcome);
  const { notices } = outcome;
  const byService = errors.map(({ index, code, error }) => ({ row: rowOfRecord[index] ?? index, code, error }));
  return {
    outcome: {
      ...base,
      import_id: outcome.import_id,
      imported: outcome.success_count,
      totals: totalsOf(kind, outcome),
      ...(Object.keys(counts).length > 0 && { counts }),
      ...(Object.keys(notices).length > 0 && { notices }),
      rejected: groupByReason([...rejections, ...byService]),
    },
    isReplay: outcome.replayed,
  };
}

async function readErrors(client: TracklyClient, importId: string, signal: AbortSignal | undefined) {
  const errors: ImportError[] = [];
  for await (const error of client.importErrors(importId, { signal })) {
    if (!error.warning) errors.push(error);
  }
  return errors;
}

function groupByReason(rejections: readonly Rejection[]): BatchOutcome['rejected'] {
  const groups = new Map<string, BatchOutcome['rejected'][number]>();
  for (const { row, code, error } of rejections) {
    const reason = `${code} ${error}`;
    const group = groups.get(reason) ?? { code, error, rows: [] };
    group.rows.push(row);
    groups.set(reason, group);
  }
  return [...groups.values()];
}

/** The rejected rows in the order of the file. */
export function rejectionsOf({ rejected }: BatchOutcome): Rejection[] {
  return rejected
    .flatMap(({ code, error, rows }) => rows.map((row) => ({ row, code, error })))
    .toSorted((a, b) => a.row - b.row);
}

/** The times of the records of a batch that were imported. */
export function importedTimes({ times, rowOfRecord }: Batch, { rejected }: BatchOutcome): string[] {
  const isRejected = new Set(rejected.flatMap(({ rows }) => rows));
  return times.filter(
    (time, index): time is string => time !== undefined && !isRejected.has(rowOfRecord[index] ?? index),
  );
}
