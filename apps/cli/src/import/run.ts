import { TracklyError, type RevenueOutcome, type RevenueRecord, type TracklyClient } from '@trackly/client';
import pMap from 'p-map';

import { CommandError } from '../command-error.ts';
import { fileSize, inBatches, readCsv, type CsvRow } from '../csv.ts';
import { showProgress } from '../progress.ts';
import { DecimalSum } from './decimal-sum.ts';
import { describeStop, type Failure } from './stop.ts';

const COLUMNS = {
  required: ['message_id', 'offer_id', 'revenue'],
  optional: ['payout', 'attribution_type', 'timestamp'],
};

export interface Summary {
  records: number;
  imported: number;
  rejected: number;
  /** An answer lists the first hundred; the others count as `not_listed`. */
  rejected_by_code: Record<string, number>;
  /** A plain decimal, exact. */
  total_revenue: string;
  seconds: number;
}

export interface ImportOptions {
  /** Records in a request. */
  batchSize: number;
  /** Requests at the same time. */
  concurrency: number;
  /** Stops the import, as a request without an outcome does. */
  stop?: AbortSignal;
  /** Ends what is under way, without its outcome. */
  abandon?: AbortSignal;
}

/**
 * Sends a CSV file to the API, showing progress. After the first request without an outcome, or an unreadable row, it
 * sends nothing more and waits for what it has sent.
 *
 * @throws CommandError saying what is certainly imported, when it did not get to the end of the file
 */
export async function importFile(client: TracklyClient, file: string, options: ImportOptions): Promise<Summary> {
  const startedAt = performance.now();
  const revenue = new DecimalSum();
  const summary = { records: 0, imported: 0, rejected: 0, rejected_by_code: new Map<string, number>() };
  const failures: Failure[] = [];
  let [doneBytes, sentLine] = [0, 1];

  const count = ({ success_count, error_count, total_revenue, errors }: RevenueOutcome) => {
    const add = (code: string, times: number) =>
      summary.rejected_by_code.set(code, (summary.rejected_by_code.get(code) ?? 0) + times);
    summary.imported += success_count;
    summary.rejected += error_count;
    for (const { code } of errors) add(code, 1);
    if (error_count > errors.length) add('not_listed', error_count - errors.length);
    revenue.add(total_revenue);
  };

  async function* batchesUntilFailure(): AsyncGenerator<CsvRow[]> {
    try {
      for await (const batch of inBatches(readCsv(file, COLUMNS), options.batchSize)) {
        if (options.stop?.aborted) failures.push({ reason: 'Interrupted.', lines: undefined });
        if (failures.length > 0) return;
        sentLine = batch.at(-1)?.line ?? sentLine;
        yield batch;
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failures.push({ reason: error.message, lines: undefined });
    }
  }

  const progress = showProgress(await fileSize(file), 'records');
  const send = async (batch: CsvRow[]) => {
    const last = batch.at(-1);
    try {
      count(await client.importRevenue(batch.map(toRecord), { signal: options.abandon }));
    } catch (error) {
      if (!(error instanceof TracklyError)) throw error;
      const lines = { first: batch[0]?.line ?? 0, last: last?.line ?? 0, mayBeImported: error.mayBeImported };
      failures.push({ reason: error.message, lines });
      return;
    }
    summary.records += batch.length;
    doneBytes = Math.max(doneBytes, last?.bytes ?? 0);
    progress.update(doneBytes, summary.records);
  };

  try {
    await pMap(batchesUntilFailure(), send, { concurrency: options.concurrency });
  } finally {
    progress.stop();
  }
  if (failures.length > 0) throw new CommandError(describeStop(file, sentLine, summary, failures));
  return {
    ...summary,
    rejected_by_code: Object.fromEntries(summary.rejected_by_code),
    total_revenue: revenue.toString(),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** Values as they are in the file. An empty cell of an optional column is a field that is not there. */
function toRecord({ fields }: CsvRow): RevenueRecord {
  const { message_id = '', offer_id = '', revenue = '', payout, attribution_type, timestamp } = fields;
  return {
    message_id,
    offer_id,
    revenue,
    ...(payout && { payout }),
    ...(attribution_type && { attribution_type }),
    ...(timestamp && { timestamp }),
  };
}
