import { TracklyError } from '@trackly/client';
import pMap from 'p-map';

import { CommandError } from '../../terminal/command-error.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import { showProgress } from '../../terminal/progress.ts';
import { inputSize } from '../files/byte-source.ts';
import { describeLines, type LineAccount } from '../files/line-account.ts';
import { openInput } from '../files/open-input.ts';
import { cutIntoBatches } from '../imports/batches.ts';
import { checkFileIsWhole, fileHasChanged } from '../imports/explain.ts';
import { createMapping } from '../mapping/mapping.ts';
import type { FileFields } from './file-fields.ts';
import type { Verification, Verifying } from './file-kind.ts';

const CONCURRENCY = 4;

/** A batch of which file and service say something else. */
interface Difference {
  import_id: string;
  file: number;
  service: number;
}

/**
 * Compares how many records of a file are imported, batch by batch, with what the service says of each import. For kinds
 * whose records the service does not add up.
 */
export async function verifyCounts(fields: FileFields, verifying: Verifying): Promise<Verification> {
  const { client, file, importIds, json } = verifying;
  const reading = showProgress({ totalBytes: await inputSize(file), noun: 'records read', json });
  const expected = await expectFrom(fields, verifying, (bytes, records) => reading.update(bytes, { records })).finally(
    () => reading.stop(),
  );
  const asking = showProgress({ totalBytes: importIds.length, noun: 'batches compared', json });
  const held = new Map<string, number>();
  await pMap(
    importIds,
    async (importId) => {
      held.set(importId, await countSaved(verifying, importId));
      asking.update(held.size, { records: held.size });
    },
    { concurrency: CONCURRENCY },
  ).finally(() => asking.stop());

  const differences = [...new Set([...expected.byImport.keys(), ...importIds])].flatMap((importId): Difference[] => {
    const [inFile, inService] = [expected.byImport.get(importId) ?? 0, held.get(importId) ?? 0];
    return inFile === inService ? [] : [{ import_id: importId, file: inFile, service: inService }];
  });
  const records = sum(expected.byImport.values());
  const service = sum(held.values());
  return {
    isSame: differences.length === 0,
    text: describe(file, { records, service, lines: expected.lines, differences }),
    details: { file: { records }, service: { records: service }, lines: expected.lines, differences },
  };

  async function countSaved({ title }: Verifying, importId: string): Promise<number> {
    try {
      const { status, result } = await client.getImport(importId);
      return status === 'completed' ? (result?.success_count ?? 0) : 0;
    } catch (error) {
      if (!(error instanceof TracklyError) || error.code !== 'not_found') throw error;
      throw new CommandError(
        `The service no longer lists import ${importId} of ${title}: what is older than its retention time cannot be ` +
          'compared.',
      );
    }
  }
}

interface Expectation {
  /** Records that are not rejected, by import. */
  byImport: Map<string, number>;
  lines: LineAccount;
}

/** @throws CommandError if the file is not the one that was imported */
async function expectFrom(
  fields: FileFields,
  { file, title, imported }: Verifying,
  onProgress: (bytes: number, records: number) => void,
): Promise<Expectation> {
  const input = await openInput(file, imported.options);
  const byImport = new Map<string, number>();
  let end = 0;
  try {
    const mapping = createMapping(fields, imported.options, input);
    for await (const batch of cutIntoBatches(input, mapping)) {
      const outcome = imported.outcomes.get(batch.position);
      if (outcome?.hash !== batch.hash) throw fileHasChanged({ title, name: imported.name }, batch, imported);
      const rejected = new Set(outcome.rejected.flatMap(({ rows }) => rows));
      const saved = batch.records.filter((_, index) => !rejected.has(batch.rowOfRecord[index] ?? index)).length;
      const { import_id: importId } = outcome;
      if (importId !== null) byImport.set(importId, (byImport.get(importId) ?? 0) + saved);
      end = batch.position + batch.rows.length;
      onProgress(batch.bytes, end);
    }
    checkFileIsWhole(title, imported, end);
  } finally {
    input.close();
  }
  return { byImport, lines: input.account };
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

function describe(
  file: string,
  {
    records,
    service,
    lines,
    differences,
  }: { records: number; service: number; lines: LineAccount; differences: readonly Difference[] },
): string {
  const account = `Lines of the file: ${describeLines(lines)}.`;
  if (differences.length === 0) {
    return `${file} and the service agree: ${formatNumber(records)} records, the same in each batch.\n${account}`;
  }
  const imports = differences.map(
    ({ import_id: importId, file: inFile, service: inService }) =>
      `  import ${importId}: ${formatNumber(inFile)} in the file, ${formatNumber(inService)} in the service`,
  );
  return [
    `${file} and the service differ: ${formatNumber(records)} records in the file, ${formatNumber(service)} in the service.`,
    account,
    ...imports,
  ].join('\n');
}
