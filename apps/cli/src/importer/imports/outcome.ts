import { Type, type Static } from '@sinclair/typebox';
import { totalsOf, type ImportError, type ImportKind, type ImportRecord, type TracklyClient } from '@trackly/client';

import { toIdempotencyKey } from './batch-key.ts';
import type { Batch, Rejection } from './batches.ts';

const RejectedRows = Type.Object({
  code: Type.String(),
  error: Type.String(),
  /** By their indexes in the batch. */
  rows: Type.Array(Type.Integer({ minimum: 0 })),
});

/** What became of a batch, as the journal keeps it. */
export const BatchOutcome = Type.Object({
  position: Type.Integer({ minimum: 0 }),
  hash: Type.String(),
  rows: Type.Integer({ minimum: 1 }),
  /** Null when no row of it could be sent. */
  import_id: Type.Union([Type.String(), Type.Null()]),
  imported: Type.Integer({ minimum: 0 }),
  /** What the kind adds up, by field: plain decimals, exact. */
  totals: Type.Record(Type.String(), Type.String({ pattern: String.raw`^\d+(\.\d+)?$` })),
  rejected: Type.Array(RejectedRows),
});
export type BatchOutcome = Static<typeof BatchOutcome>;

export interface SendOptions {
  kind: ImportKind;
  /** The import's. */
  name: string;
  /** A dry run, which keeps no key. */
  dryRun: boolean;
  /** Ends it without an outcome. */
  signal?: AbortSignal | undefined;
}

/**
 * Sends a batch, and returns when the service has saved it. Whatever ends it, it can be sent again.
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
  // An answer lists the first hundred.
  const isWhole = outcome.errors.length === outcome.error_count;
  const errors = isWhole ? outcome.errors : await readErrors(client, outcome.import_id, signal);
  const refused = errors.map(({ index, code, error }) => ({ row: rowOfRecord[index] ?? index, code, error }));
  return {
    ...base,
    import_id: outcome.import_id,
    imported: outcome.success_count,
    totals: totalsOf(kind, outcome),
    rejected: groupByReason([...rejections, ...refused]),
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

/** The rows that were rejected, in the order of the file. */
export function rejectionsOf({ rejected }: BatchOutcome): Rejection[] {
  return rejected
    .flatMap(({ code, error, rows }) => rows.map((row) => ({ row, code, error })))
    .toSorted((a, b) => a.row - b.row);
}
