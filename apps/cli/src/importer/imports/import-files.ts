import { LastingError } from '../../terminal/command-error.ts';
import { toErrorLine } from '../../terminal/colours.ts';
import { connect, type ServiceFlags } from '../connect.ts';
import { inputSize } from '../files/byte-source.ts';
import { emptyAccount } from '../files/line-account.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import { readMappingOptions, type MappingFlags } from '../mapping/read-flags.ts';
import { write } from '../../terminal/output.ts';
import { showProgress } from '../../terminal/progress.ts';
import { print } from '../../terminal/print.ts';
import { explain } from './explain.ts';
import { Pace } from './pace.ts';
import { planFiles, type ImportPlan } from './plan.ts';
import { importFile, type Ending } from './run.ts';
import { INTERRUPTED, stopOnSignals } from './stop-on-signals.ts';
import { describeSummary, summarize } from './summary.ts';
import { Tally } from './tally.ts';

const EXIT_CODES = { completed: 0, rejected: 1, failed: 2, interrupted: INTERRUPTED };

/** The options of `trackly import KIND`. */
export interface ImportFlags extends ServiceFlags, MappingFlags {
  dryRun?: boolean;
  name?: string;
  journal?: string;
  restart?: boolean;
  again?: boolean;
  concurrency: number;
  json?: boolean;
}

/** Imports files one after the other, prints the summary to stdout, and sets the exit code. */
export async function importFiles(kind: FileKind, files: string[], flags: ImportFlags): Promise<void> {
  const { dryRun = false, restart = false, again = false, json = false } = flags;
  const options = readMappingOptions(kind, flags);
  const plans = planFiles(files, flags).map((file) => ({ ...file, kind, options }));
  const sizes = await Promise.all(files.map(inputSize));
  const pace = new Pace(kind.isOrdered ? 1 : flags.concurrency);
  const client = connect(flags, () => pace.refused());
  const tally = new Tally();
  const startedAt = performance.now();

  const totalBytes = sizes.includes(undefined) ? undefined : sum(sizes);
  const progress = showProgress({ totalBytes, noun: 'records', json });
  using signals = stopOnSignals();
  const endings: { plan: ImportPlan; ending: Ending }[] = [];
  try {
    for (const [index, plan] of plans.entries()) {
      const before = sum(sizes.slice(0, index));
      const onProgress = (bytes: number) => progress.update(before + bytes, tally);
      const running = importFile(plan, { client, pace, tally, dryRun, restart, again, onProgress, ...signals });
      const ending = await running.catch((error: unknown): Ending => {
        // The summary still has to report the files before this one.
        if (index === 0) throw error;
        return { status: 'failed', error: explain(plan, error), rejects: undefined, lines: emptyAccount() };
      });
      endings.push({ plan, ending });
      if (ending.status !== 'completed') break;
      onProgress(sizes[index] ?? 0);
    }
  } finally {
    progress.stop();
  }

  const summary = summarize(kind, endings, tally, { dryRun, seconds: (performance.now() - startedAt) / 1000 });
  print(json ? JSON.stringify(summary) : describeSummary(kind, summary));
  const last = endings.at(-1)?.ending;
  if (last?.status === 'failed') write('stderr', toErrorLine(last.error.message));
  const canGoOn = last?.status === 'failed' && !(last.error instanceof LastingError) && tally.records > 0;
  const isBegun = last?.status === 'interrupted' || canGoOn;
  if (isBegun && !dryRun) write('stderr', 'Run the same command again to resume: every record counts once.\n');
  process.exitCode = EXIT_CODES[summary.status === 'completed' && tally.rejected > 0 ? 'rejected' : summary.status];
}

function sum(sizes: readonly (number | undefined)[]): number {
  return sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
}
