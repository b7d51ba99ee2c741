import {
  chunksOf,
  createChecks,
  keepRecords,
  MAX_RECORDS,
  type ImportOutcome,
  type ImportQuery,
  type ImportRef,
  type KindSpec,
  type Rejection,
} from '@trackly/contract';
import { acceptImport, bytesOf, readOutcomes, type EarlierImport } from '@trackly/db';
import { jobName } from '@trackly/queue';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';

import { enqueueAccepted } from './enqueue.ts';
import { forCertain } from './for-certain.ts';
import type { ApiMetrics } from '../metrics.ts';
import { keptBytesLeft, takeFromQuota, type QuotaOptions } from '../load/quota.ts';
import { idempotencyOf } from '../http/idempotency.ts';
import { RequestError } from '../http/request-error.ts';
import type { Services } from '../services.ts';

export interface TakenImport extends ImportRef {
  /** Whether the same request was accepted before. */
  isReplay: boolean;
  /** Undefined while a chunk of the import is open. */
  outcome: ImportOutcome | undefined;
}

/** A request to import records, after schema validation. */
export type ImportRequest = FastifyRequest & {
  body: Record<string, Record<string, unknown>[]>;
  query: ImportQuery;
};

export interface TakeOptions extends QuotaOptions, Pick<Services, 'db' | 'producer' | 'chunkSize' | 'syncWaitMs'> {
  metrics: ApiMetrics;
}

/**
 * Creates a function that checks the records of a request, writes them to the ledger and adds jobs for their chunks.
 */
export function createTaker(kind: KindSpec, options: TakeOptions): (request: ImportRequest) => Promise<TakenImport> {
  const { db, producer, watch, metrics, chunkSize, syncWaitMs } = options;
  const { checkValid, checkUnknown } = createChecks(kind);

  return async (request) => {
    const { accountId, id: requestId } = request;
    const { dry_run: isDryRun, atomic: isAtomic } = request.query;
    const isTrial = isDryRun || isAtomic;
    const now = Date.now();
    const batch = request.validationError
      ? checkUnknown(recordsOf(request.body, kind.list), now)
      : checkValid(request.body[kind.list.name] ?? [], now);
    const { checked } = batch;
    const mostKept = keptBytesLeft(options, accountId);
    const { rejected, keptBytes, notKept } = keepRecords(kind, batch.rejected, mostKept);
    const chunks = chunksOf(kind, checked, isTrial ? MAX_RECORDS : chunkSize);
    const recordCount = checked.length + rejected.length;

    const ref = { accountId, importId: uuidv7() };
    const { virtualTime } = watch.backlog;
    // A dry run has no effect that could happen twice, and its answer may differ the next time.
    const idempotency = isDryRun ? undefined : idempotencyOf(request, request.query);
    const content = { recordCount, chunks, rejected, keptLimit: mostKept - keptBytes, isDryRun, isAtomic };
    const added = { ...ref, ...content, kind, requestId, idempotency, source: request.importSource, virtualTime };
    takeFromQuota(options, accountId, { ...bytesOf(added), chunks: chunks.length, records: checked.length });
    const acceptance = await forCertain(() => acceptImport(db, added), syncWaitMs);
    if (acceptance.status === 'key_reused') throw new RequestError('idempotency_key_reused');
    if (acceptance.status === 'already_imported') throw alreadyImported(acceptance);
    if (acceptance.status === 'replayed') {
      const first = { accountId, importId: acceptance.importId };
      return { ...first, isReplay: true, outcome: (await readOutcomes(db, [first])).get(first.importId) };
    }
    if (!isDryRun) countReceived(recordCount, rejected);
    metrics.notKept.inc(notKept);
    if (chunks.length === 0) {
      const outcome = {
        status: 'completed' as const,
        successCount: 0,
        skippedCount: 0,
        totals: {},
        rejections: rejected,
        ...(notKept > 0 && { notices: { records_not_kept: notKept } }),
      };
      return { ...ref, isReplay: false, outcome };
    }

    watch.backlog.add(accountId, chunks.length);
    const { priority } = acceptance;
    const accepted = chunks.map((_, chunkIndex) => ({ chunkIndex, priority: priority + chunkIndex }));
    enqueueAccepted(producer, jobName(isTrial ? 'try' : 'save', kind.name), ref, accepted, request);
    return { ...ref, isReplay: false, outcome: undefined };
  };

  function countReceived(recordCount: number, rejected: readonly Rejection[]): void {
    metrics.received.inc(recordCount);
    for (const { code } of rejected) metrics.rejected.inc({ code });
  }
}

function alreadyImported({ importName, importId }: EarlierImport): RequestError {
  const text =
    `Some of these records were imported before, as ${JSON.stringify(importName)}; ` +
    'to import them again, send Import-Again: true.';
  return new RequestError('already_imported', text, { import_name: importName, import_id: importId });
}

/** Finds the array of records in a body that does not fit the schema. */
function recordsOf(body: unknown, { name, missing, tooMany }: KindSpec['list']): unknown[] {
  if (body === undefined) throw new RequestError('invalid_json');
  const records: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  if (!Array.isArray(records) || records.length === 0) throw new RequestError(missing);
  if (records.length > MAX_RECORDS) throw new RequestError(tooMany);
  return records;
}
