import { open, readFile, type FileHandle } from 'node:fs/promises';

import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

import { CommandError } from '../../terminal/command-error.ts';
import { MappingOptions } from '../mapping/mapping-options.ts';
import { BatchOutcome } from './outcome.ts';

const JournalHeader = Type.Object({
  /** The import's. */
  name: Type.String(),
  /** How the file is read. */
  options: MappingOptions,
});
type JournalHeader = Static<typeof JournalHeader>;

const FirstLine = Type.Composite([Type.Object({ trackly_journal: Type.Literal(1) }), JournalHeader]);
const JournalEnd = Type.Object({ completed_at: Type.String() });

/** What an import has done so far. */
export interface Journal extends JournalHeader {
  /** The batches that are done, by position. */
  outcomes: Map<number, BatchOutcome>;
  /** Whether all of the file is done. */
  isComplete: boolean;
  /** Up to here the file can be read; what comes after was being written when the importer or the machine died. */
  soundBytes: number;
}

/**
 * Reads a journal. A last line that is not whole does not count: its batch is sent again, which changes nothing.
 *
 * @returns undefined when there is none
 * @throws CommandError when it is something else
 */
export async function readJournal(file: string): Promise<Journal | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  if (text === '') return undefined;
  const [first = '', ...lines] = text.split('\n').slice(0, -1);
  const header = parseLine(FirstLine, first);
  if (!header) throw new CommandError(`${file} is not a journal of this command: name another with --journal.`);

  const journal: Journal = {
    name: header.name,
    options: header.options,
    outcomes: new Map(),
    isComplete: false,
    soundBytes: bytesOf(first),
  };
  for (const line of lines) {
    const outcome = parseLine(BatchOutcome, line);
    if (outcome) journal.outcomes.set(outcome.position, outcome);
    else if (parseLine(JournalEnd, line)) journal.isComplete = true;
    else break;
    journal.soundBytes += bytesOf(line);
  }
  return journal;
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

/** Writes down what is done, so that it is on the disk when a call returns. */
export class JournalWriter {
  readonly #handle: FileHandle;
  #lines: string[] = [];
  #written: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Goes on with a journal; without one begins it, in place of what is there. */
  static async open(
    file: string,
    { name, options }: JournalHeader,
    journal: Journal | undefined,
  ): Promise<JournalWriter> {
    if (journal) {
      const handle = await open(file, 'a');
      await handle.truncate(journal.soundBytes);
      return new JournalWriter(handle);
    }
    const writer = new JournalWriter(await open(file, 'w'));
    await writer.#append({ trackly_journal: 1, name, options });
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

  /** Lines that come while others are being written are written together. */
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
