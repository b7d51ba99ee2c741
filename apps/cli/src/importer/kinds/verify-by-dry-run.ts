import type { ImportRecord } from '@trackly/client';
import pMap from 'p-map';

import { formatNumber } from '../../terminal/format-number.ts';
import { showProgress } from '../../terminal/progress.ts';
import { formatTable } from '../../terminal/table.ts';
import { inputSize } from '../files/byte-source.ts';
import { describeLines, type LineAccount } from '../files/line-account.ts';
import { openInput } from '../files/open-input.ts';
import { cutIntoBatches, type Batch } from '../imports/batches.ts';
import { checkFileIsWhole, fileHasChanged } from '../imports/explain.ts';
import { rejectionsOf, type BatchOutcome } from '../imports/outcome.ts';
import { createMapping } from '../mapping/mapping.ts';
import type { FileFields } from './file-fields.ts';
import type { Verification, Verifying } from './file-kind.ts';

/** The kinds whose records have ids, and are skipped if they are there. */
type Skipping = 'offers' | 'sends';

/** The service is not to be kept from importing. */
const CONCURRENCY = 4;

/** Records of a batch: how many the service holds, and how many of them say something else than the file. */
interface Holding {
  held: number;
  differing: number;
}

interface Difference {
  /** The lines of the batch in the file. */
  first_line: number;
  last_line: number;
  file: Holding;
  service: Holding;
}

interface Comparison {
  records: number;
  /** Those whose id the service had before with something else, as the import has told. */
  differing: number;
  lines: LineAccount;
  /** Empty after a correct import. */
  differences: Difference[];
}

/**
 * Compares each record of a file with the service: sends it once more, as a dry run. A record that is there is skipped,
 * with a warning if it says something else. A record that would be saved is not there.
 */
export async function verifyByDryRun(kind: Skipping, fields: FileFields, verifying: Verifying): Promise<Verification> {
  const { file, title, imported, json } = verifying;
  const input = await openInput(file, imported.options);
  const progress = showProgress({ totalBytes: await inputSize(file), noun: 'records compared', json });
  const comparison: Comparison = { records: 0, differing: 0, lines: input.account, differences: [] };
  let end = 0;
  try {
    const mapping = createMapping(fields, imported.options, input);
    await pMap(
      cutIntoBatches(input, mapping),
      async (batch) => {
        const outcome = imported.outcomes.get(batch.position);
        if (outcome?.hash !== batch.hash) throw fileHasChanged({ title, name: imported.name }, batch, imported);
        const expected = expectedOf(batch, outcome);
        const service = await askFor(kind, verifying, batch);
        comparison.records += expected.held;
        comparison.differing += expected.differing;
        if (service.held !== expected.held || service.differing !== expected.differing) {
          comparison.differences.push({ ...linesOf(batch), file: expected, service });
        }
        end = Math.max(end, batch.position + batch.rows.length);
        progress.update(batch.bytes, { records: comparison.records });
      },
      { concurrency: CONCURRENCY },
    );
    checkFileIsWhole(title, imported, end);
  } finally {
    progress.stop();
    input.close();
  }
  comparison.differences.sort((a, b) => a.first_line - b.first_line);
  return { isSame: comparison.differences.length === 0, text: describe(file, comparison), details: comparison };
}

/** What the service must hold of a batch: all records that it has not rejected, the skipped ones included. */
function expectedOf({ records, rowOfRecord }: Batch, outcome: BatchOutcome): Holding {
  const sent = new Set(records.map((_, index) => rowOfRecord[index] ?? index));
  const rejected = rejectionsOf(outcome).filter(({ row }) => sent.has(row)).length;
  return { held: records.length - rejected, differing: outcome.notices?.['duplicate_differs'] ?? 0 };
}

async function askFor(kind: Skipping, { client, imported }: Verifying, { records }: Batch): Promise<Holding> {
  if (records.length === 0) return { held: 0, differing: 0 };
  // What the mapping has not converted is for the service to judge: in NDJSON a field can be anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const sent = records as ImportRecord<Skipping>[];
  const tried = await client.importRecords(kind, sent, { dryRun: true, again: true, name: imported.name });
  return { held: tried.duplicates_skipped, differing: tried.notices['duplicate_differs'] ?? 0 };
}

function linesOf({ rows }: Batch): Pick<Difference, 'first_line' | 'last_line'> {
  return { first_line: rows[0]?.line ?? 0, last_line: rows.at(-1)?.line ?? 0 };
}

function describe(file: string, { records, differing, lines, differences }: Comparison): string {
  const lineAccount = `Lines of the file: ${describeLines(lines)}.`;
  const known =
    differing === 0
      ? []
      : [
          `${formatNumber(differing)} of them are there with something else, as the import has said: duplicate_differs.`,
        ];
  if (differences.length === 0) {
    return [
      `${file} and the service agree: ${formatNumber(records)} records, each compared in all of its fields that the service keeps.`,
      ...known,
      lineAccount,
    ].join('\n');
  }
  const rows = differences.map(({ first_line: first, last_line: last, file: own, service }) => [
    `${first} to ${last}`,
    formatNumber(own.held),
    formatNumber(service.held),
    formatNumber(own.differing),
    formatNumber(service.differing),
  ]);
  return [
    `${file} and the service differ:`,
    lineAccount,
    formatTable(['LINES', 'RECORDS: FILE', 'SERVICE', 'DIFFERING: FILE', 'SERVICE'], rows),
  ].join('\n');
}
