import { createHash } from 'node:crypto';

import { CommandError } from '../../terminal/command-error.ts';
import type { Input, Row } from '../files/input.ts';
import { rejectColumns } from '../files/reject-columns.ts';
import { createTurns } from '../turns.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { simplify } from '../mapping/nearest.ts';
import { Blocks } from './blocks.ts';

/** The limits of a batch: those of a request, less the JSON around the records. */
export const BATCH_LIMITS = { rows: 1000, bytes: 5 * 1024 * 1024 - 64 };

/** How many batches wait for the end of a block. */
const MOST_WAITING = 4;

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
  /** For each record its time in UTC, unless it leaves that to the service. */
  times: (string | undefined)[];
  /** For each record, the index of its row. */
  rowOfRecord: number[];
  /** The rows that are not sent, because no record can be made of them. */
  rejections: Rejection[];
  /** The fingerprints of the blocks that its records belong to. */
  fingerprints: string[];
  /** How many bytes of the file have been read at the end of the batch. */
  bytes: number;
}

/**
 * Cuts the wanted rows of a file into batches as large as the service accepts. The same rows must always give the same
 * batches, or records could count twice. Therefore an error yields no shorter last batch: more rows may follow on the next
 * run.
 *
 * @throws CommandError if lines within a quoted cell are records
 */
export async function* cutIntoBatches(input: Input, mapping: Mapping): AsyncGenerator<Batch, void> {
  // The rejected records of an import are to be imported although it has sent them before.
  const blocks = new Blocks(rejectColumns.every((column) => input.columns.includes(column)) ? 'rejects' : '');
  const usedNames = input.columns.filter((column) => mapping.usedColumns.has(column)).map(simplify);
  let batch = openBatch(0);
  // The batches of the block that is not complete.
  let open = new Set<OpenBatch>();
  let full: Batch[] = [];
  const endBlock = () => {
    const fingerprint = blocks.end();
    for (const member of open) member.fingerprints.push(fingerprint);
    open = new Set();
  };

  try {
    for await (const row of input.rows) {
      if (row.inner) await checkSwallowsNone(row.inner, mapping);
      if (!mapping.isWanted(row.fields)) {
        checkIsNoHeader(row, input, usedNames);
        // Several JSON objects may be on one line.
        const lines = row.lines === 0 ? 0 : 1;
        input.account.records -= lines;
        input.account.filtered += lines;
        continue;
      }
      const mapped = mapRow(row, mapping);
      const json = 'record' in mapped ? JSON.stringify(mapped.record) : '';
      const bytes = json === '' ? 0 : Buffer.byteLength(json) + 1;
      if (batch.rows.length === BATCH_LIMITS.rows || batch.recordBytes + bytes > BATCH_LIMITS.bytes) {
        full.push(closeBatch(batch, input));
        batch = openBatch(batch.position + batch.rows.length);
        // Among rejected rows a block could stay open for long.
        if (full.length >= MOST_WAITING && !blocks.isBetween) endBlock();
      }
      if (blocks.isBetween) {
        yield* full;
        full = [];
      }

      const index = batch.rows.push(row) - 1;
      if ('record' in mapped) {
        batch.records.push(mapped.record);
        batch.rowOfRecord.push(index);
        batch.recordBytes += bytes;
        open.add(batch);
        const { text, time } = mapping.contentOf(mapped.record);
        batch.times.push(time);
        if (blocks.add(text)) endBlock();
      } else {
        checkIsNoHeader(row, input, usedNames);
        batch.rejections.push({ row: index, ...mapped });
      }
    }
  } catch (error) {
    // The full batches are certain, whatever follows them.
    if (!blocks.isBetween) endBlock();
    yield* full;
    throw error;
  }
  if (!blocks.isBetween) endBlock();
  yield* full;
  if (batch.rows.length > 0) yield closeBatch(batch, input);
}

/** @throws CommandError if a line within a cell of a row is a record, whether the row itself is wanted or not */
async function checkSwallowsNone(inner: NonNullable<Row['inner']>, mapping: Mapping): Promise<void> {
  const turn = createTurns();
  for (const { row, describe } of inner) {
    await turn();
    if (isRecord(row, mapping)) throw new CommandError(describe());
  }
}

function mapRow(row: Row, mapping: Mapping): ReturnType<Mapping['toRecord']> {
  const problem = problemOf(row, mapping);
  return problem === undefined ? mapping.toRecord(row.fields, row.line) : { code: 'invalid_record', error: problem };
}

/**
 * @param usedNames the columns that are read, simplified
 * @throws CommandError if a row names other columns, or the same in another order, as files that were joined may
 */
function checkIsNoHeader(row: Row, { name, format }: Input, usedNames: readonly string[]): void {
  if (format !== 'csv' || usedNames.length < 2) return;
  const cells = new Set(row.cells.map(simplify));
  if (!usedNames.every((used) => cells.has(used))) return;
  throw new CommandError(
    `${name}, line ${row.line}: this line names the columns again, but not the same ones in the same order as the first: ` +
      'import the files that were joined here one by one.',
  );
}

function isRecord(row: Row, mapping: Mapping): boolean {
  return problemOf(row, mapping) === undefined && 'record' in mapping.toRecord(row.fields, row.line);
}

/** A row may lack cells at its end that no field is read from. */
function problemOf({ problem, lacks }: Row, { usedColumns }: Mapping): string | undefined {
  return lacks?.every((column) => !usedColumns.has(column)) ? undefined : problem;
}

type OpenBatch = Omit<Batch, 'hash' | 'bytes'> & { recordBytes: number };

function openBatch(position: number): OpenBatch {
  return {
    position,
    rows: [],
    records: [],
    times: [],
    rowOfRecord: [],
    rejections: [],
    fingerprints: [],
    recordBytes: 0,
  };
}

function closeBatch(batch: OpenBatch, input: Input): Batch {
  const content = JSON.stringify(batch.rows.map(({ cells }) => cells));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32);
  return { ...batch, hash, bytes: input.bytesRead() };
}
