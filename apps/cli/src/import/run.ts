import pMap from 'p-map';

import { fileSize, inBatches, readCsv, type CsvRow } from '../csv.ts';
import { showProgress } from '../progress.ts';
import type { Client, RawRecord } from './client.ts';
import { DecimalSum } from './decimal-sum.ts';

const REQUIRED_COLUMNS = ['message_id', 'offer_id', 'revenue'];
const COLUMNS = [...REQUIRED_COLUMNS, 'payout', 'attribution_type', 'timestamp'];

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
}

/** Sends a CSV file to the API, showing progress; stops at the first request that is not answered with an outcome. */
export async function importFile(client: Client, file: string, options: ImportOptions): Promise<Summary> {
  const startedAt = performance.now();
  const summary: Summary = {
    records: 0,
    imported: 0,
    rejected: 0,
    rejected_by_code: {},
    total_revenue: '0',
    seconds: 0,
  };
  const revenue = new DecimalSum();
  const progress = showProgress(await fileSize(file), 'records');
  let doneBytes = 0;

  const count = (code: string, times: number) => {
    summary.rejected_by_code[code] = (summary.rejected_by_code[code] ?? 0) + times;
  };
  const send = async (batch: CsvRow[]) => {
    const answer = await client.importRevenue(batch.map(toRecord));
    summary.records += batch.length;
    summary.imported += answer.imported;
    summary.rejected += answer.rejected;
    for (const code of answer.codes) count(code, 1);
    if (answer.rejected > answer.codes.length) count('not_listed', answer.rejected - answer.codes.length);
    revenue.add(answer.totalRevenue);
    doneBytes = Math.max(doneBytes, batch.at(-1)?.bytes ?? 0);
    progress.update(doneBytes, summary.records);
  };

  try {
    await pMap(inBatches(readCsv(file, REQUIRED_COLUMNS), options.batchSize), send, {
      concurrency: options.concurrency,
    });
  } finally {
    progress.stop();
  }
  summary.total_revenue = revenue.toString();
  summary.seconds = (performance.now() - startedAt) / 1000;
  return summary;
}

/** An empty cell is a field that is not there. */
function toRecord({ fields }: CsvRow): RawRecord {
  return Object.fromEntries(COLUMNS.flatMap((column) => (fields[column] ? [[column, fields[column]]] : [])));
}
