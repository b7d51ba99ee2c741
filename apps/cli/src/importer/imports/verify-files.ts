import { CommandError } from '../../terminal/command-error.ts';
import { connect, type ServiceFlags } from '../connect.ts';
import { findHeldBatches } from './held.ts';
import { readJournal } from './journal.ts';
import { planFiles, type PlannedFile } from './plan.ts';
import type { Verification } from '../kinds/file-kind.ts';
import { fileKinds } from '../kinds/index.ts';

const DIFFERENT = 1;

/** What `trackly verify` is told. */
export interface VerifyFlags extends ServiceFlags {
  name?: string;
  journal?: string;
  json?: boolean;
}

/** Compares each file with the service; says on stdout what differs, and sets the exit code. */
export async function verifyFiles(files: string[], flags: VerifyFlags): Promise<void> {
  for (const file of planFiles(files, flags)) {
    const { isSame, text, details } = await verifyFile(file, flags);
    console.log(flags.json ? JSON.stringify({ input: file.file, ...details }) : text);
    if (!isSame) process.exitCode = DIFFERENT;
  }
}

async function verifyFile(file: PlannedFile, flags: VerifyFlags): Promise<Verification> {
  const client = connect(flags);
  const journal = await readJournal(file.journal, Object.values(fileKinds));
  if (!journal?.isComplete) {
    throw new CommandError(
      `${file.journal} ${journal ? 'says that the import is not finished' : 'is not there'}: run ` +
        `"trackly import ${journal?.kind.name ?? 'KIND'} ${file.file}" ` +
        `${journal ? 'again' : 'again, as it was run; nothing is counted twice'}.`,
    );
  }
  const { kind } = journal;
  const held = await findHeldBatches(client, (name) => name === journal.name, { kind: kind.name });
  const acceptedAt = new Map(held.map((batch) => [batch.import.import_id, batch.import.created_at]));
  const fromJournal = [...journal.outcomes.values()].flatMap(({ import_id: id }) => id ?? []);
  return kind.verify({
    client,
    file: file.file,
    title: file.title,
    imported: journal,
    importIds: [...new Set([...fromJournal, ...acceptedAt.keys()])],
    acceptedAt: (importId) => acceptedAt.get(importId ?? ''),
    json: flags.json ?? false,
  });
}
