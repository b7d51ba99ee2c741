import { readFile, type FileHandle } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';

import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

import { CommandError } from '../../terminal/command-error.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import { mappingOptions, type MappingOptions } from '../mapping/mapping-options.ts';
import { normalizeName } from './batch-key.ts';
import { BATCH_LIMITS } from './batches.ts';
import { BatchOutcome, PlainDecimal } from './outcome.ts';
import { openOwnFile } from './own-file.ts';

/** Version 3 differs from 2 in how rows are counted: rows of empty cells and repeated headers are none. */
const VERSION = 3;

interface JournalHeader {
  kind: FileKind;
  /** Name of the import. */
  name: string;
  /** How the file is read. */
  options: MappingOptions;
}

const FirstLine = Type.Object({
  trackly_journal: Type.Union([Type.Literal(2), Type.Literal(3)]),
  kind: Type.String(),
  /** The limits of a batch. */
  batch: Type.Object({ rows: Type.Integer(), bytes: Type.Integer() }),
  name: Type.String(),
  options: Type.Unknown(),
});
const JournalEnd = Type.Object({ completed_at: Type.String() });

/** The format of version 1. It named neither kind nor batch limits; they were those of FORMER. */
const FormerFirstLine = Type.Object({ trackly_journal: Type.Literal(1), name: Type.String(), options: Type.Unknown() });
const FormerOutcome = Type.Composite([Type.Omit(BatchOutcome, ['totals']), Type.Object({ revenue: PlainDecimal })]);
const FORMER = { kind: 'revenue', batch: { rows: 1000, bytes: 5 * 1024 * 1024 - 64 } };

/** The progress of an import. */
export interface Journal extends JournalHeader {
  /** Whether a version of this command began the import that counts rows in another way. */
  isFormer: boolean;
  /** The batches that are done, by position. */
  outcomes: Map<number, BatchOutcome>;
  /** The name as the keys of its batches have it. */
  spelling: string;
  /** Whether the whole file is done. */
  isComplete: boolean;
  /** Length of the readable part of the file. Anything after it was being written when the importer was killed. */
  soundBytes: number;
}

/**
 * Reads a journal. Ignores an incomplete last line: its batch is sent again and still counts once.
 *
 * @param kinds all existing kinds
 * @returns undefined if there is no journal
 * @throws CommandError if the file is not a journal, or was written by a version with other batch limits
 */
export async function readJournal(file: string, kinds: readonly FileKind[]): Promise<Journal | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  if (text === '') return undefined;
  const [first = '', ...lines] = text.split('\n').slice(0, -1);
  const journal: Journal = {
    ...readHeader(file, first, kinds),
    outcomes: new Map(),
    isComplete: false,
    soundBytes: bytesOf(first),
  };
  for (const line of lines) {
    const outcome = readOutcome(line);
    if (outcome) journal.outcomes.set(outcome.position, outcome);
    else if (parseLine(JournalEnd, line)) journal.isComplete = true;
    else break;
    journal.soundBytes += bytesOf(line);
  }
  return journal;
}

function readHeader(
  file: string,
  line: string,
  kinds: readonly FileKind[],
): JournalHeader & Pick<Journal, 'isFormer' | 'spelling'> {
  const former = parseLine(FormerFirstLine, line);
  const first = former ? { ...former, ...FORMER } : parseLine(FirstLine, line);
  const kind = kinds.find(({ name }) => name === first?.kind);
  const options = first?.options;
  if (!first || !kind || !Value.Check(mappingOptions(Object.keys(kind.fields)), options)) {
    throw new CommandError(`${file} is not a journal of this command: name another file with --journal.`);
  }
  if (!isDeepStrictEqual(first.batch, BATCH_LIMITS)) {
    throw new CommandError(
      `${file} was begun by a version of this command that makes batches of ${first.batch.rows} rows: finish the import ` +
        `with that version, or undo it (trackly import undo "${first.name}"), and delete the journal.`,
    );
  }
  const isFormer = first.trackly_journal !== VERSION;
  return { kind, name: normalizeName(first.name), spelling: first.name, options, isFormer };
}

function readOutcome(line: string): BatchOutcome | undefined {
  const former = parseLine(FormerOutcome, line);
  if (!former) return parseLine(BatchOutcome, line);
  const { revenue, ...outcome } = former;
  return { ...outcome, totals: { revenue } };
}

function bytesOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

function parseLine<Schema extends TSchema>(schema: Schema, line: string): Static<Schema> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(schema, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a journal. When a call returns, its line is on the disk. */
export class JournalWriter {
  readonly #handle: FileHandle;
  #lines: string[] = [];
  #written: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * Continues the given journal, or begins a new one in place of any existing file.
   *
   * @param mode of a new file
   */
  static async open(
    file: string,
    { kind, name, options }: JournalHeader,
    { journal, mode }: { journal: Journal | undefined; mode: number },
  ): Promise<JournalWriter> {
    if (journal) {
      const handle = await openOwnFile(file, { mode, appends: true });
      await handle.truncate(journal.soundBytes);
      return new JournalWriter(handle);
    }
    const writer = new JournalWriter(await openOwnFile(file, { mode }));
    await writer.#append({ trackly_journal: VERSION, kind: kind.name, batch: BATCH_LIMITS, name, options });
    return writer;
  }

  async append(outcome: BatchOutcome): Promise<void> {
    await this.#append(outcome);
  }

  async complete(): Promise<void> {
    await this.#append({ completed_at: new Date().toISOString() });
  }

  async close(): Promise<void> {
    await this.#written;
    await this.#handle.close();
  }

  /** Lines that arrive during a write are written together afterwards. */
  async #append(value: unknown): Promise<void> {
    const isFirst = this.#lines.push(`${JSON.stringify(value)}\n`) === 1;
    if (isFirst) this.#written = this.#written.then(() => this.#flush());
    await this.#written;
  }

  async #flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    await this.#handle.appendFile(lines.join(''));
    await this.#handle.datasync();
  }
}
