import { Command } from 'commander';

import { CommandError } from '../command-error.ts';
import { formatNumber } from '../format-number.ts';
import { findHeldBatches } from '../import/held.ts';
import { readJournal } from '../import/journal.ts';
import { planImports, type ImportPlan } from '../import/plan.ts';
import { inputSize } from '../input/source.ts';
import { showProgress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { compare, type Comparison } from '../verify/compare.ts';
import { expectFrom } from '../verify/expectation.ts';
import { readHoldings } from '../verify/holdings.ts';
import { addServiceOptions, connect, type ServiceFlags } from './service-options.ts';

const DIFFERENT = 1;

/** `trackly verify`: proves that the service holds what a file says. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('Compare what files should have brought with what the service holds')
    .argument('<file...>', 'that "trackly import revenue" has imported');
  return addServiceOptions(command)
    .option('--name <name>', 'what the import is called, for standard input')
    .option('--journal <file>', 'the journal of the import (default: FILE.journal)')
    .option('--json', 'print what was found as JSON, one object for each file')
    .addHelpText('after', HELP)
    .action(verify);
}

const HELP = `
Reads each file again, the way it was imported: the journal beside it knows the options, and which rows were rejected.
Adds up all other rows by month and by offer, and compares records and revenue, to the last digit, with the reports of
the service about exactly this import. Months are those of UTC. Whatever else the service holds does not matter, and
whatever it holds twice of this import shows.

Exit code: 0 all the same, 1 there are differences, 2 could not run.

Example:
  trackly verify history.csv`;

interface VerifyFlags extends ServiceFlags {
  name?: string;
  journal?: string;
  json?: boolean;
}

async function verify(files: string[], flags: VerifyFlags): Promise<void> {
  for (const plan of planImports(files, flags, { map: {}, default: {} })) {
    const comparison = await verifyFile(plan, flags);
    console.log(flags.json ? JSON.stringify({ input: plan.file, ...comparison }) : describe(plan.file, comparison));
    if (comparison.differences.length > 0) process.exitCode = DIFFERENT;
  }
}

async function verifyFile(plan: ImportPlan, flags: VerifyFlags): Promise<Comparison> {
  const client = connect(flags);
  const journal = await readJournal(plan.journal);
  if (!journal?.isComplete) {
    throw new CommandError(
      `${plan.journal} ${journal ? 'says that the import is not finished' : 'is not there'}: run ` +
        `"trackly import revenue ${plan.file}" ${journal ? 'again' : 'again, as it was run; nothing is counted twice'}.`,
    );
  }
  const held = await findHeldBatches(client, (name) => name === journal.name);
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
