import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';

import { TracklyError, type TracklyClient } from '@trackly/client';

import type { CommandError } from '../../terminal/command-error.ts';
import type { Input } from '../files/input.ts';
import { emptyAccount, type LineAccount } from '../files/line-account.ts';
import { openInput } from '../files/open-input.ts';
import { rejectColumns } from '../files/reject-columns.ts';
import { fileKinds } from '../kinds/index.ts';
import { createLaterDiagnosis } from '../mapping/diagnose.ts';
import { createMapping, type Mapping } from '../mapping/mapping.ts';
import { notice } from '../../terminal/notice.ts';
import { checkBeginning } from './check-beginning.ts';
import { cutIntoBatches, type Batch } from './batches.ts';
import { checkAgainstService, checkSameKind, goesOn, type Held } from './check-journal.ts';
import {
  ALREADY_IMPORTED,
  checkFileIsWhole,
  checkNotices,
  explain,
  fileHasChanged,
  importedBefore,
} from './explain.ts';
import { inOrder } from './in-order.ts';
import { JournalWriter, readJournal, type Journal } from './journal.ts';
import { lockJournal } from './lock.ts';
import { modeOf } from './own-file.ts';
import { importedTimes, rejectionsOf, sendBatch } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { ImportPlan } from './plan.ts';
import { RejectsFile } from './rejects-file.ts';
import type { Tally } from './tally.ts';

/** Bounds the memory: the number of batches from the first without an outcome to the last that was read. */
const MAX_OPEN_BATCHES = 32;

export interface RunOptions {
  client: TracklyClient;
  pace: Pace;
  tally: Tally;
  /** Called with the number of bytes of the file that are done. */
  onProgress: (bytes: number) => void;
  /** Imports nothing, and keeps no journal. */
  dryRun: boolean;
  /** Sends everything again, including what the journal has as done. */
  restart: boolean;
  /** Imports records even if they were imported under another name before. */
  again: boolean;
  /** Stops reading and sending; waits for the answers to what was sent. */
  stop: AbortSignal;
  /** Aborts the requests under way. */
  abandon: AbortSignal;
}

/** How a run of an import ended. The next run resumes it. */
export type Ending = {
  /** Path of the rejects file; undefined if no row was rejected. */
  rejects: string | undefined;
  /** What the lines read so far are. */
  lines: LineAccount;
} & ({ status: 'completed' | 'interrupted' } | { status: 'failed'; error: CommandError });

/**
 * Imports a file. Skips the batches that its journal has; batches that are sent again still count once.
 *
 * @throws CommandError if the import could not begin
 */
export async function importFile(plan: ImportPlan, options: RunOptions): Promise<Ending> {
  // Standard input may stay open without sending anything, and a file may begin with millions of blank lines.
  const input = await openInput(plan.file, plan.options, options.stop).catch((error: unknown) => {
    if (!options.stop.aborted) throw error;
  });
  if (!input) return { status: 'interrupted', rejects: undefined, lines: emptyAccount() };
  let unlock: (() => Promise<void>) | undefined;
  try {
    const mapping = createMapping(plan.kind, plan.options, input);
    noteIgnored(input.name, mapping);
    unlock = options.dryRun ? undefined : await lockJournal(plan.journal);
    const past = options.dryRun
      ? { journal: undefined, held: new Map(), spelling: plan.name }
      : await readPast(plan, options);
    const rows = await checkBeginning(plan.kind, plan.options, input, mapping);
    return await importRows(plan, options, { input: { ...input, rows }, mapping, past });
  } catch (error) {
    if (options.stop.aborted) return { status: 'interrupted', rejects: undefined, lines: input.account };
    throw error;
  } finally {
    input.close();
    await unlock?.();
  }
}

/** Lists the ignored columns on stderr: one of them may be a misspelt name. */
function noteIgnored(name: string, { ignoredColumns }: Mapping): void {
  const ignored = ignoredColumns.filter((column) => !rejectColumns.some((own) => own === column));
  if (ignored.length > 0) notice(`${name}: ignoring ${ignored.join(', ')}`);
}

/** What is known of an import from earlier runs. */
interface Past {
  /** The batches that are not to be sent again. */
  journal: Journal | undefined;
  held: Held;
  /** How keys of batches that the service does not hold yet spell the import's name. */
  spelling: string;
}

async function readPast(plan: ImportPlan, { client, restart, stop }: RunOptions): Promise<Past> {
  const found = await readJournal(plan.journal, Object.values(fileKinds));
  // Another import that stopped before its first batch has left nothing but its name.
  const journal = found?.outcomes.size === 0 && found.name !== plan.name ? undefined : found;
  if (journal) checkSameKind(plan, journal);
  const held = await checkAgainstService(client, plan, journal, stop);
  const former = journal?.name === plan.name ? journal : undefined;
  const own = former && goesOn(plan, former, held) ? former : undefined;
  // The service recognises a batch by its key: one that may be on its way has to be sent with the same again.
  const [spellings] = held.values();
  const [spelling = plan.name] = own ? [own.spelling] : (spellings?.values() ?? []);
  return { journal: restart ? undefined : own, held, spelling };
}

interface Opened {
  input: Input;
  mapping: Mapping;
  past: Past;
}

async function importRows(plan: ImportPlan, options: RunOptions, { input, mapping, past }: Opened): Promise<Ending> {
  const mode = await modeOf(plan.file);
  const rejects = options.dryRun
    ? new RejectsFile(`${plan.dryRunRejects}.${input.format}`, input, { keep: false, mode })
    : await openRejects(plan, input, { journal: past.journal, mode });
  const journal = options.dryRun
    ? undefined
    : await JournalWriter.open(plan.journal, { ...plan, name: past.spelling }, { journal: past.journal, mode });
  const findMistake = createLaterDiagnosis(plan.kind, plan.options, input);
  const lines = input.account;
  let end = 0;
  try {
    await inOrder(untilStopped(cutIntoBatches(input, mapping), options.stop), {
      work: (batch) => importBatch(plan, options, { batch, past, journal, findMistake }),
      settle: async (batch, { outcome, isEarlier }) => {
        await rejects.write(batch, rejectionsOf(outcome));
        options.tally.add(outcome, { isEarlier });
        options.tally.addTimes(importedTimes(batch, outcome));
        options.onProgress(batch.bytes);
        end = batch.position + batch.rows.length;
      },
      limit: () => options.pace.limit,
      maxUnsettled: MAX_OPEN_BATCHES,
    });
    if (options.stop.aborted) return { status: 'interrupted', rejects: rejects.written, lines };
    mapping.checkFound();
    if (past.journal) checkFileIsWhole(plan.title, past.journal, end);
    await journal?.complete();
    return { status: 'completed', rejects: rejects.written, lines };
  } catch (error) {
    if (options.stop.aborted) return { status: 'interrupted', rejects: rejects.written, lines };
    return { status: 'failed', error: explain(plan, error), rejects: rejects.written, lines };
  } finally {
    await rejects.close();
    await journal?.close();
  }
}

/** Drops the batches that come after a stop: closing the input may have cut them short. */
async function* untilStopped(batches: AsyncIterable<Batch>, stop: AbortSignal): AsyncGenerator<Batch, void> {
  for await (const batch of batches) {
    if (stop.aborted) return;
    yield batch;
  }
}

interface BatchInPlay {
  batch: Batch;
  past: Past;
  journal: JournalWriter | undefined;
  findMistake: ReturnType<typeof createLaterDiagnosis>;
}

async function importBatch(plan: ImportPlan, options: RunOptions, { batch, past, journal, findMistake }: BatchInPlay) {
  const { client, pace, dryRun, again, abandon } = options;
  const earlier = past.journal?.outcomes.get(batch.position);
  const held = past.held.get(batch.position);
  if (earlier ? earlier.hash !== batch.hash : held && !held.has(batch.hash)) {
    throw fileHasChanged(plan, batch, { isFormer: past.journal?.isFormer ?? false });
  }
  if (earlier) return { outcome: earlier, isEarlier: true };
  const mistake = await findMistake(batch.rows, batch.rejections);
  if (mistake) throw mistake;

  const startedAt = performance.now();
  const sending = {
    kind: plan.kind.name,
    name: plan.name,
    spelling: held?.get(batch.hash) ?? past.spelling,
    again,
    dryRun,
    signal: abandon,
  };
  const { outcome, isReplay } = await sendBatch(client, batch, sending).catch((error: unknown) => {
    // A block that begins in a batch of this import whose list entry the service has removed meanwhile.
    if (isOwnBatch(error, past)) return sendBatch(client, batch, { ...sending, again: true });
    throw importedBefore(plan, batch, error) ?? error;
  });
  checkNotices(plan, batch, outcome);
  if (outcome.import_id !== null) pace.answered(performance.now() - startedAt);
  await journal?.append(outcome);
  return { outcome, isEarlier: isReplay };
}

/** Whether records are known to the service because the journal's own import has sent them. */
function isOwnBatch(error: unknown, { journal }: Past): boolean {
  if (!(error instanceof TracklyError) || error.code !== ALREADY_IMPORTED) return false;
  return [...(journal?.outcomes.values() ?? [])].some(({ import_id: importId }) => importId === error.importId);
}

/** Opens the rejects file. A user may have corrected the rows of an earlier one. */
async function openRejects(
  plan: ImportPlan,
  input: Input,
  { journal, mode }: { journal: Journal | undefined; mode: number },
): Promise<RejectsFile> {
  const file = `${plan.rejects}.${input.format}`;
  const isThere = existsSync(file);
  const keep = isThere && journal?.isComplete === true;
  if (isThere && !keep) {
    // The import that the journal resumes writes its file once more.
    const old = journal ? `${file}.old` : freeName(`${file}.old`);
    await rename(file, old);
    if (!journal) notice(`${file} already existed, and was renamed to ${old}.`);
  }
  return new RejectsFile(file, input, { keep, mode });
}

/** The name itself, or the first of `name.2`, `name.3` and so on that no file has. */
function freeName(name: string): string {
  let free = name;
  for (let number = 2; existsSync(free); number += 1) free = `${name}.${number}`;
  return free;
}
