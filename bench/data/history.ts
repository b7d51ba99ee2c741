import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { CatalogSize } from './catalog.ts';
import { drawRecords, type DrawnRecord } from './records.ts';
import { RECORDS_PER_REQUEST } from './sizes.ts';

/** What must come of a request. */
export interface ExpectedAnswer {
  saved: number;
  failed: number;
  /** The revenue of those that are saved. */
  cents: number;
}

/** A history in the forms that contestants take it in. */
export interface HistoryFiles {
  /** Bodies of requests, one a line. */
  bodies: string;
  /** JSON: an {@link ExpectedAnswer} for each body. */
  expected: string;
  /** For COPY: the same records, without those that no database would take. */
  csv: string;
  /** What must come of each request. */
  answers: ExpectedAnswer[];
}

/** Writes a history that refers to a catalog; the same one every time. */
export async function writeHistory(
  folder: string,
  name: string,
  count: number,
  catalog: CatalogSize,
  recordsPerRequest = RECORDS_PER_REQUEST,
): Promise<HistoryFiles> {
  const files = {
    bodies: path.join(folder, `${name}.ndjson`),
    expected: path.join(folder, `${name}.expected.json`),
    csv: path.join(folder, `${name}.csv`),
  };
  const bodies = createWriteStream(files.bodies);
  const csv = createWriteStream(files.csv);
  const expected: ExpectedAnswer[] = [];
  for (const batch of inBatches(drawRecords(name, count, catalog), recordsPerRequest)) {
    await write(bodies, `${JSON.stringify({ records: batch.map(({ record }) => record) })}\n`);
    await write(csv, batch.map(toCsv).join(''));
    expected.push(expectedOf(batch));
  }
  await Promise.all([end(bodies), end(csv)]);
  await writeFile(files.expected, JSON.stringify(expected));
  return { ...files, answers: expected };
}

/** Adds up what must come of several requests. */
export function addUp(answers: readonly ExpectedAnswer[]): ExpectedAnswer {
  const total = { saved: 0, failed: 0, cents: 0 };
  for (const { saved, failed, cents } of answers) {
    total.saved += saved;
    total.failed += failed;
    total.cents += cents;
  }
  return total;
}

function expectedOf(batch: readonly DrawnRecord[]): ExpectedAnswer {
  const saved = batch.filter(({ fate }) => fate === 'saved');
  const cents = saved.reduce((sum, drawn) => sum + drawn.cents, 0);
  return { saved: saved.length, failed: batch.length - saved.length, cents };
}

/** Without quotes, for no value has a comma in it. */
function toCsv({ record, fate }: DrawnRecord): string {
  if (fate === 'invalid_timestamp') return '';
  const { message_id, offer_id, revenue, payout = '', attribution_type = '', timestamp = '' } = record;
  return `${[message_id, offer_id, revenue, payout, attribution_type, timestamp].join(',')}\n`;
}

function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

async function end(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, 'close');
}
