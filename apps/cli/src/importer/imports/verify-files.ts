import { CommandError } from '../../terminal/command-error.ts';
import { print } from '../../terminal/print.ts';
import { connect, type ServiceFlags } from '../connect.ts';
import { isUndone } from './check-journal.ts';
import { findHeldBatches } from './held.ts';
import { readJournal } from './journal.ts';
import { planFiles, type PlannedFile } from './plan.ts';
import type { Verification } from '../kinds/file-kind.ts';
import { fileKinds } from '../kinds/index.ts';

const DIFFERENT = 1;
const UNSENT = 'Nothing of it was sent: all of its records were rejected.';

/** The options of `trackly verify`. */
export interface VerifyFlags extends ServiceFlags {
  name?: string;
  journal?: string;
  json?: boolean;
}

/** Compares each file with the service, prints the differences to stdout, and sets the exit code. */
export async function verifyFiles(files: string[], flags: VerifyFlags): Promise<void> {
  for (const file of planFiles(files, flags)) {
    const { isSame, text, details } = await verifyFile(file, flags);
    print(flags.json ? JSON.stringify({ input: file.file, ...details }) : text);
    if (!isSame) process.exitCode = DIFFERENT;
  }
}

async function verifyFile(file: PlannedFile, flags: VerifyFlags): Promise<Verification> {
  const client = connect(flags);
  const journal = await readJournal(file.journal, Object.values(fileKinds));
  if (!journal?.isComplete) {
    throw new CommandError(
      journal
        ? `The import of ${file.file} is not complete: run "trackly import ${journal.kind.name} ${file.file}" again ` +
            'with the same options.'
        : `There is no journal ${file.journal}: run the "trackly import" command that imported ${file.file} again, with ` +
            'the same options; every record still counts once.',
    );
  }
  const { kind, name } = journal;
  const held = await findHeldBatches(client, (other) => other === name, { kind: kind.name });
  if (held.length > 0 && held.every(isUndone)) {
    return { isSame: false, text: `${file.file} was undone.`, details: { status: 'undone' } };
  }
  const acceptedAt = new Map(held.map((batch) => [batch.import.import_id, batch.import.created_at]));
  const fromJournal = [...journal.outcomes.values()].flatMap(({ import_id: id }) => id ?? []);
  const importIds = [...new Set([...fromJournal, ...acceptedAt.keys()])];
  const verification = await kind.verify({
    client,
    file: file.file,
    title: file.title,
    imported: journal,
    importIds,
    acceptedAt: (importId) => acceptedAt.get(importId ?? ''),
    json: flags.json ?? false,
  });
  const notes = [
    ...(held.some(isUndone) ? [`Part of ${file.file} was undone.`] : []),
    ...(importIds.length === 0 && journal.outcomes.size > 0 ? [UNSENT] : []),
  ];
  return { ...verification, text: [verification.text, ...notes].join('\n') };
}
