import { Type, type Static } from '@sinclair/typebox';
import { totalsOf, type ImportError, type ImportKind, type ImportRecord, type TracklyClient } from '@trackly/client';

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
  rejected: Type.Array(RejectedRows),
});
export type BatchOutcome = Static<typeof BatchOutcome>;

export interface SendOptions {
  kind: ImportKind;
  /** Name of the import. */
  name: string;
  /** Dry runs are sent without an Idempotency-Key. */
  dryRun: boolean;
  /** Aborts the request. */
  signal?: AbortSignal | undefined;
}

/**
 * Sends a batch, and returns its outcome once the service has saved it. After any failure, the batch can be sent again.
 *
 * @throws TracklyError
 */
export async function sendBatch(client: TracklyClient, batch: Batch, options: SendOptions): Promise<BatchOutcome> {
  const { position, hash, records, rowOfRecord, rejections } = batch;
  const base = { position, hash, rows: batch.rows.length };
  if (records.length === 0) {
    return { ...base, import_id: null, imported: 0, totals: {}, rejected: groupByReason(rejections) };
  }

  const { kind, name, dryRun, signal } = options;
  // What the mapping has not converted is for the service to judge: in NDJSON a field can be anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const outcome = await client.importRecords(kind, records as ImportRecord<ImportKind>[], {
    dryRun,
    signal,
    ...(!dryRun && { idempotencyKey: toIdempotencyKey({ name, position, hash }) }),
  });
  // The answer lists only the first hundred errors.
  const isWhole = outcome.errors.length === outcome.error_count;
  const errors = isWhole ? outcome.errors : await readErrors(client, outcome.import_id, signal);
  const byService = errors.map(({ index, code, error }) => ({ row: rowOfRecord[index] ?? index, code, error }));
  return {
    ...base,
    import_id: outcome.import_id,
    imported: outcome.success_count,
    totals: totalsOf(kind, outcome),
    rejected: groupByReason([...rejections, ...byService]),
  };
}

async function readErrors(client: TracklyClient, importId: string, signal: AbortSignal | undefined) {
  const errors: ImportError[] = [];
  for await (const error of client.importErrors(importId, { signal })) errors.push(error);
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
