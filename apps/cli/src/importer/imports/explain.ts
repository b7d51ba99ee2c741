import { TracklyError } from '@trackly/client';

import { CommandError } from '../../terminal/command-error.ts';
import type { Batch } from './batches.ts';
import type { ImportedFile } from '../kinds/file-kind.ts';
import type { PlannedFile } from './plan.ts';

/** Of the service: other records came with a batch's key before. */
const OTHER_RECORDS = 'idempotency_key_reused';
const UNDONE = 'import_undone';

/**
 * Says why an import stopped, and what to do.
 *
 * @throws what is nobody's failure but ours
 */
export function explain(plan: PlannedFile, error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (!(error instanceof TracklyError)) throw error;
  switch (error.code) {
    case OTHER_RECORDS:
      return new CommandError(
        `The rows of ${plan.title} were sent under the name "${plan.name}" before, with other options or by another ` +
          `version of this command: go on with the same, or undo that import (trackly import undo "${plan.name}") and ` +
          'give this one another --name.',
      );
    case UNDONE:
      return new CommandError(
        `A part of the import "${plan.name}" was undone: to import its rows again, undo all of it ` +
          `(trackly import undo "${plan.name}"), and import the file under another --name.`,
      );
    default:
      return new CommandError(error.message);
  }
}

/** @throws CommandError when the journal knows of rows that come after the end of the file */
export function checkFileIsWhole(title: string, { name, outcomes }: ImportedFile, end: number): void {
  const missing = [...outcomes.keys()].some((position) => position >= end);
  if (!missing) return;
  throw new CommandError(
    `${title} ends before the last of what was imported under the name "${name}": put the file back as it was.`,
  );
}

/** Rows that are imported already might be among those that the service has not seen in this form. */
export function fileHasChanged({ title, name }: Pick<PlannedFile, 'title' | 'name'>, { rows }: Batch): CommandError {
  return new CommandError(
    `Lines ${rows[0]?.line} to ${rows.at(-1)?.line} of ${title} are not what was imported under the name ` +
      `"${name}" before, and would count twice: put the file back as it was, put new rows into a file of their ` +
      'own, or give this one another --name if it has nothing to do with that import.',
  );
}
