import { Command, InvalidArgumentError } from 'commander';

import { toErrorLine } from '../../colours.ts';
import { explain } from '../../import/explain.ts';
import { Pace } from '../../import/pace.ts';
import { planImports, type ImportPlan } from '../../import/plan.ts';
import { importFile, type Ending } from '../../import/run.ts';
import { summarize, describeSummary } from '../../import/summary.ts';
import { Tally } from '../../import/tally.ts';
import { inputSize } from '../../input/source.ts';
import { showProgress } from '../../progress.ts';
import { addMappingOptions, readMappingOptions, type MappingFlags } from '../mapping-options.ts';
import { addServiceOptions, connect, type ServiceFlags } from '../service-options.ts';
import { help } from './revenue-help.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const EXIT_CODES = { completed: 0, rejected: 1, failed: 2, interrupted: 130 };

/** `trackly import revenue`: sends files to the service, which counts every record once. It needs HTTP only. */
export function importRevenueCommand(): Command {
  const command = new Command('revenue')
    .description('Import revenue history from files')
    .argument('<file...>', 'CSV or NDJSON, plain, .gz or .zst; - is standard input');
  addServiceOptions(command);
  addMappingOptions(command);
  return command
    .option('--dry-run', 'rehearse: the service checks everything and saves nothing')
    .option('--name <name>', 'what the import is called (default: the name of the file)')
    .option('--journal <file>', 'where to keep what is done (default: FILE.journal)')
    .option('--restart', 'send again what the journal says is done; it counts once all the same')
    .option('--concurrency <requests>', 'requests at the same time, at most', wholeNumber(1, 64), 16)
    .option('--json', 'progress and summary as JSON, one object a line')
    .addHelpText('after', help)
    .action(importRevenue);
}

interface ImportFlags extends ServiceFlags, MappingFlags {
  dryRun?: boolean;
  name?: string;
  journal?: string;
  restart?: boolean;
  concurrency: number;
  json?: boolean;
}

async function importRevenue(files: string[], flags: ImportFlags): Promise<void> {
  const { dryRun = false, restart = false, json = false } = flags;
  const plans = planImports(files, flags, readMappingOptions(flags));
  const sizes = await Promise.all(files.map(inputSize));
  const pace = new Pace(flags.concurrency);
  const client = connect(flags, () => pace.refused());
  const tally = new Tally();
  const startedAt = performance.now();

  const totalBytes = sizes.includes(undefined) ? undefined : sum(sizes);
  const progress = showProgress({ totalBytes, noun: 'records', json });
  const signals = stopOnSignals();
  const endings: { plan: ImportPlan; ending: Ending }[] = [];
  try {
    for (const [index, plan] of plans.entries()) {
      const before = sum(sizes.slice(0, index));
      const onProgress = (bytes: number) => progress.update(before + bytes, tally);
      const running = importFile(plan, { client, pace, tally, dryRun, restart, onProgress, ...signals });
      const ending = await running.catch((error: unknown): Ending => {
        // Of the files before it, there is something to say.
        if (index === 0) throw error;
        return { status: 'failed', error: explain(plan, error), rejects: undefined };
      });
      endings.push({ plan, ending });
      if (ending.status !== 'completed') break;
      onProgress(sizes[index] ?? 0);
    }
  } finally {
    progress.stop();
  }

  const summary = summarize(endings, tally, { dryRun, seconds: (performance.now() - startedAt) / 1000 });
  console.log(json ? JSON.stringify(summary) : describeSummary(summary));
  const last = endings.at(-1)?.ending;
  if (last?.status === 'failed') process.stderr.write(toErrorLine(last.error.message));
  const isBegun = last?.status === 'interrupted' || (last?.status === 'failed' && tally.records > 0);
  if (isBegun && !dryRun) process.stderr.write('Run the same command again to go on: what is imported counts once.\n');
  process.exitCode = EXIT_CODES[summary.status === 'completed' && tally.rejected > 0 ? 'rejected' : summary.status];
}

function sum(sizes: readonly (number | undefined)[]): number {
  return sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
