import { TracklyError } from '@trackly/client';

import { CommandError, LastingError } from '../../terminal/command-error.ts';
import type { Batch } from './batches.ts';
import type { ImportedFile } from '../kinds/file-kind.ts';
import type { BatchOutcome } from './outcome.ts';
import type { ImportPlan, PlannedFile } from './plan.ts';

/** The service's code for a batch whose key came with other records before. */
const OTHER_RECORDS = 'idempotency_key_reused';
const UNDONE = 'import_undone';
/** The service's code for records that were imported under another name before. */
export const ALREADY_IMPORTED = 'already_imported';

/**
 * Describes why an import stopped, and what to do.
 *
 * @throws the error itself if it is neither a CommandError nor a TracklyError, but a defect of the importer
 */
export function explain(plan: PlannedFile, error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (!(error instanceof TracklyError)) throw error;
  switch (error.code) {
    case OTHER_RECORDS:
      return new CommandError(
        `The rows of ${plan.title} were sent under the name "${plan.name}" before, with other options or by another ` +
          'version of this command: use the same options and version, or undo that import (trackly import undo ' +
          `"${plan.name}") and give this one another --name.`,
      );
    case UNDONE:
      return new CommandError(
        `Part of the import "${plan.name}" was undone: to import its rows again, undo the rest ` +
          `(trackly import undo "${plan.name}"), and import the file under another --name.`,
      );
    default:
      return new CommandError(error.message);
  }
}

/** The error for a batch with records that were imported under another name; undefined if the error is another one. */
export function importedBefore(
  { title, name }: Pick<PlannedFile, 'title' | 'name'>,
  { rows, position }: Batch,
  error: unknown,
): CommandError | undefined {
  if (!(error instanceof TracklyError) || error.code !== ALREADY_IMPORTED) return undefined;
  const [first, earlier] = [rows[0]?.line, error.importName ?? ''];
  const where = earlier === name ? 'under the same name, long ago' : `under the name "${earlier}"`;
  const undo =
    position === 0 ? '' : ` Part of it may be imported already. To remove that part: trackly import undo "${name}".`;
  return new LastingError(
    `Lines ${first} to ${rows.at(-1)?.line} of ${title} have records that were imported before, ${where}, and would count ` +
      `twice. Other lines may have some, too. Leave ${title} out if it is a copy, or add --again to import all of it once ` +
      `more.${undo}`,
  );
}

/** @throws CommandError if the service has noticed something about most records of a batch, which a dry run tells */
export function checkNotices(
  { title, kind }: Pick<ImportPlan, 'title' | 'kind'>,
  { rows, times }: Batch,
  { imported, notices = {} }: BatchOutcome,
): void {
  for (const [notice, records] of Object.entries(notices)) {
    const known = kind.notices[notice];
    // A day without a time of day says little about what came first on that day.
    const hasTimeOfDay = times.some((time) => time !== undefined && !time.includes('T00:00'));
    if (known?.remedy === undefined || records * 2 <= imported || !hasTimeOfDay) continue;
    throw new CommandError(
      `Of the ${imported} records in lines ${rows[0]?.line} to ${rows.at(-1)?.line} of ${title}, ${records} are ` +
        `${known.what}: ${known.remedy}.`,
    );
  }
}

/** @throws CommandError if the journal has batches from beyond the end of the file */
export function checkFileIsWhole(title: string, { name, outcomes, isFormer }: ImportedFile, end: number): void {
  const missing = [...outcomes.keys()].some((position) => position >= end);
  if (!missing) return;
  if (isFormer) throw readOtherwise(title, name);
  throw new CommandError(
    `${title} is shorter than when it was imported under the name "${name}": restore the file as it was.`,
  );
}

/** The error for a file whose import was begun by a version that counts its rows in another way. */
function readOtherwise(title: string, name: string): CommandError {
  return new CommandError(
    `The import "${name}" was begun by an earlier version of this command, which counts the rows of ${title} in another ` +
      `way: use that version for it, or undo the import (trackly import undo "${name}") and import the file again ` +
      'under another --name.',
  );
}

/**
 * The error for a batch that differs from the one imported at its position. Some of its rows may be imported already.
 */
export function fileHasChanged(
  { title, name }: Pick<PlannedFile, 'title' | 'name'>,
  { rows }: Batch,
  { isFormer }: { isFormer: boolean },
): CommandError {
  if (isFormer) return readOtherwise(title, name);
  return new LastingError(
    `Lines ${rows[0]?.line} to ${rows.at(-1)?.line} of ${title} are not what was imported under the name ` +
      `"${name}" before, and could count twice: restore the file as it was and put new rows into another file, ` +
      'or give the import another --name if it has nothing to do with the earlier one.',
  );
}
