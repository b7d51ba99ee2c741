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
    .argument('<file...>', 'CSV or NDJSON, plain, .gz or .zst; - is standard input');
  addServiceOptions(command);
  addMappingOptions(command, kind);
  return command
    .option('--dry-run', 'the service checks everything and saves nothing')
    .option('--name <name>', 'what the import is called (default: the name of the file)')
    .option('--journal <file>', 'where to keep what is done (default: FILE.journal)')
    .option('--restart', 'send again what the journal says is done; it counts once all the same')
    .option('--concurrency <requests>', 'requests at the same time, at most', wholeNumber(1, 64), 16)
    .option('--json', 'progress and summary as JSON, one object a line')
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
