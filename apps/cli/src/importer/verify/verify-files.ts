import { CommandError } from '../../terminal/command-error.ts';
import { connect, type ServiceFlags } from '../connect.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import { findHeldBatches } from '../imports/held.ts';
import { readJournal } from '../imports/journal.ts';
import { planFiles, type PlannedFile } from '../imports/plan.ts';
import { inputSize } from '../files/byte-source.ts';
import { showProgress } from '../../terminal/progress.ts';
import { formatTable } from '../../terminal/table.ts';
import { compare, type Comparison } from './compare.ts';
import { expectFrom } from './expectation.ts';
import { readHoldings } from './holdings.ts';

const DIFFERENT = 1;

/** What `trackly verify` is told. */
export interface VerifyFlags extends ServiceFlags {
  name?: string;
  journal?: string;
  json?: boolean;
}

/** Compares each file with the service; says on stdout what differs, and sets the exit code. */
export async function verifyFiles(files: string[], flags: VerifyFlags): Promise<void> {
  for (const plan of planFiles(files, flags)) {
    const comparison = await verifyFile(plan, flags);
    console.log(flags.json ? JSON.stringify({ input: plan.file, ...comparison }) : describe(plan.file, comparison));
    if (comparison.differences.length > 0) process.exitCode = DIFFERENT;
  }
}

async function verifyFile(plan: PlannedFile, flags: VerifyFlags): Promise<Comparison> {
  const client = connect(flags);
  const journal = await readJournal(plan.journal);
  if (!journal?.isComplete) {
    throw new CommandError(
      `${plan.journal} ${journal ? 'says that the import is not finished' : 'is not there'}: run ` +
        `"trackly import revenue ${plan.file}" ${journal ? 'again' : 'again, as it was run; nothing is counted twice'}.`,
    );
  }
  const held = await findHeldBatches(client, (name) => name === journal.name, { kind: journal.kind.name });
  const acceptedAt = new Map(held.map((batch) => [batch.import.import_id, batch.import.created_at]));
  const fromJournal = [...journal.outcomes.values()].flatMap(({ import_id: id }) => id ?? []);
  const importIds = [...new Set([...fromJournal, ...acceptedAt.keys()])];

  const reading = showProgress({ totalBytes: await inputSize(plan.file), noun: 'records read', json: flags.json });
  const expected = await expectFrom(
    plan,
    journal,
    (id) => acceptedAt.get(id ?? ''),
    (bytes, records) => reading.update(bytes, { records }),
  ).finally(() => reading.stop());
  const asking = showProgress({ totalBytes: importIds.length, noun: 'batches compared', json: flags.json });
  const holdings = await readHoldings(client, importIds, (asked) => asking.update(asked, { records: asked })).finally(
    () => asking.stop(),
  );
  return compare(expected, holdings);
}

function describe(file: string, { file: expected, service, months, offers, differences }: Comparison): string {
  const count = (value: number, noun: string) => `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;
  if (differences.length === 0) {
    return [
      `${file} and the service agree: ${count(expected.records, 'record')}, revenue ${expected.revenue},`,
      `the same in each of ${count(months, 'month')} and of ${count(offers, 'offer')}.`,
    ].join('\n');
  }
  const rows = differences.map((difference) => [
    difference.by,
    difference.key,
    formatNumber(difference.file.records),
    formatNumber(difference.service.records),
    difference.file.revenue,
    difference.service.revenue,
  ]);
  return [
    `${file} and the service differ: ${formatNumber(expected.records)} records in the file, ${formatNumber(service.records)} in the ` +
      `service; revenue ${expected.revenue} and ${service.revenue}.`,
    formatTable(['BY', '', 'RECORDS: FILE', 'SERVICE', 'REVENUE: FILE', 'SERVICE'], rows),
  ].join('\n');
}
