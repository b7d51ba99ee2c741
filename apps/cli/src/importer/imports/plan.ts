import path from 'node:path';

import { CommandError } from '../../terminal/command-error.ts';
import { inputName, STANDARD_INPUT } from '../files/byte-source.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import { isImportName, normalizeName } from './batch-key.ts';

/** A file to import: its name, its journal and its rejects file. */
export interface PlannedFile {
  /** `-` for standard input. */
  file: string;
  /** Name of the file in messages. */
  title: string;
  name: string;
  journal: string;
  /** Path of the rejects file, without its last extension. */
  rejects: string;
  /** The same for a dry run. */
  dryRunRejects: string;
}

/** A file to import, with the kind of its records and the options for reading it. */
export interface ImportPlan extends PlannedFile {
  kind: FileKind;
  options: MappingOptions;
}

interface PlanFlags {
  name?: string | undefined;
  journal?: string | undefined;
}

/**
 * Plans an import for each file. Several files are imported under their file names, with `--name` and a slash before.
 *
 * @throws CommandError if two files would have the same name, or the flags do not fit the files
 */
export function planFiles(files: readonly string[], flags: PlanFlags): PlannedFile[] {
  const isOne = files.length === 1;
  if (files.includes(STANDARD_INPUT) && (!isOne || flags.name === undefined)) {
    throw new CommandError('Standard input must be the only input, and needs a name: add --name NAME.');
  }
  if (flags.journal !== undefined && !isOne) {
    throw new CommandError('--journal works with one file only; each of several files has its own journal beside it.');
  }

  const plans = files.map((file) => {
    const base = path.basename(file);
    const written = isOne ? (flags.name ?? base) : `${flags.name === undefined ? '' : `${flags.name}/`}${base}`;
    const name = normalizeName(written);
    if (!isImportName(name)) {
      throw new CommandError(`"${name}" cannot be the name of an import: choose a shorter one with --name NAME.`);
    }
    const beside = file === STANDARD_INPUT ? name.replaceAll(/[/\\]/g, '_') : file;
    const journal = flags.journal ?? `${beside}.journal`;
    // In the folder of the journal, which is known to be writable.
    const start = path.join(path.dirname(journal), path.basename(beside));
    return {
      file,
      title: inputName(file),
      name,
      journal,
      rejects: `${start}.rejects`,
      dryRunRejects: `${start}.dry-run.rejects`,
    };
  });
  const twice = plans.find(({ name }, index) => plans.findIndex((other) => other.name === name) < index);
  if (twice) {
    throw new CommandError(
      `Two of the files are called ${twice.name}: import them separately, each with its own --name.`,
    );
  }
  return plans;
}
