import { Command, InvalidArgumentError } from 'commander';

import type { ImportFlags } from '../imports/import-files.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import { addMappingOptions } from './mapping-flags.ts';
import { addServiceOptions } from './service-flags.ts';
import { helpFor } from './import-kind-help.ts';

/** `trackly import KIND`: sends files to the service, which counts every record once. It needs HTTP only. */
export function importKindCommand(kind: FileKind): Command {
  const command = new Command(kind.name)
    .description(`Import ${kind.help.noun} from files`)
    .argument('<file...>', 'CSV or JSON, plain or compressed with gzip or zstd; - is standard input');
  addServiceOptions(command);
  addMappingOptions(command, kind);
  return command
    .option('--dry-run', 'the service checks everything and saves nothing')
    .option('--name <name>', 'name of the import (default: name of the file)')
    .option('--journal <file>', 'where to keep the progress of the import (default: FILE.journal)')
    .option('--restart', 'send everything again, including what the journal has; every record still counts once')
    .option('--again', 'import records even if they were imported before, under another name')
    .option('--concurrency <requests>', 'maximum number of simultaneous requests', wholeNumber(1, 64), 16)
    .option('--json', 'print progress and summary as JSON, one object per line')
    .addHelpText('after', helpFor(kind))
    .action(async (files: string[], flags: ImportFlags) => {
      const { importFiles } = await import('../imports/import-files.ts');
      await importFiles(kind, files, flags);
    });
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
