import path from 'node:path';

import { CommandError } from '../../terminal/command-error.ts';
import { inputName, STANDARD_INPUT } from '../files/byte-source.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import { isImportName } from './batch-key.ts';

/** A file of an import: what it is called, and where what is known of it is kept. */
export interface PlannedFile {
  /** `-` for standard input. */
  file: string;
  /** What messages call it. */
  title: string;
  name: string;
  journal: string;
  /** What the file of rejected rows is called, without its last extension. */
  rejects: string;
}

/** A file to import, as what, and how it is read. */
export interface ImportPlan extends PlannedFile {
  kind: FileKind;
  options: MappingOptions;
}

interface PlanFlags {
  name?: string | undefined;
  journal?: string | undefined;
}

/**
 * Makes an import of each file. Of several, each has its own name, that of the file, after a common one if that is given.
 *
 * @throws CommandError when two would be one
 */
export function planFiles(files: readonly string[], flags: PlanFlags): PlannedFile[] {
  const isOne = files.length === 1;
  if (files.includes(STANDARD_INPUT) && (!isOne || flags.name === undefined)) {
    throw new CommandError('Standard input is imported by itself, under a name of its own: say --name NAME.');
  }
  if (flags.journal !== undefined && !isOne) {
    throw new CommandError('--journal is for one file; several have each its own, beside it.');
  }

  const plans = files.map((file) => {
    const base = path.basename(file);
    const name = isOne ? (flags.name ?? base) : `${flags.name === undefined ? '' : `${flags.name}/`}${base}`;
    if (!isImportName(name)) {
      throw new CommandError(`An import cannot be called "${name}": give it a shorter one with --name NAME.`);
    }
    const beside = file === STANDARD_INPUT ? name.replaceAll(/[/\\]/g, '_') : file;
    const journal = flags.journal ?? `${beside}.journal`;
    return {
      file,
      title: inputName(file),
      name,
      journal,
      // Where the one can be written, the other can.
      rejects: `${path.join(path.dirname(journal), path.basename(beside))}.rejects`,
    };
  });
  const twice = plans.find(({ name }, index) => plans.findIndex((other) => other.name === name) < index);
  if (twice) {
    throw new CommandError(`Two of the files are called ${twice.name}: import them one by one, each with its --name.`);
  }
  return plans;
}
