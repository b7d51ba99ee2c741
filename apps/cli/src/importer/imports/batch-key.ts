/** Identifies one batch of an import, in the same way on every run. */
export interface BatchKey {
  /** Name of the import. */
  name: string;
  /** How many rows of the file come before it. */
  position: number;
  /** SHA-256 of the content of its rows, shortened to 32 hexadecimal digits. */
  hash: string;
}

/** The key of a batch that the service holds. */
export interface HeldKey extends BatchKey {
  /** The name as the key has it. macOS spells file names in another way than keyboards do. */
  spelling: string;
}

const FORM = /^([^:]+):(\d+):([0-9a-f]{32})$/;
const LONGEST_NAME = 200;

/** Makes the Idempotency-Key of a batch, by which the service recognises a batch that is sent again. */
export function toIdempotencyKey({ name, position, hash }: BatchKey): string {
  return `${encodeURIComponent(name)}:${position}:${hash}`;
}

/** Parses an Idempotency-Key; undefined if it is not the key of a batch. */
export function parseIdempotencyKey(key: string | null): HeldKey | undefined {
  const [, name = '', position, hash = ''] = FORM.exec(key ?? '') ?? [];
  if (!name) return undefined;
  try {
    const spelling = decodeURIComponent(name);
    return { name: normalizeName(spelling), spelling, position: Number(position), hash };
  } catch {
    return undefined;
  }
}

/** The one spelling (NFC) of a name that can be written in several, such as with ä or with a and two dots. */
export function normalizeName(name: string): string {
  return name.normalize('NFC');
}

/** Whether an import can have this name: its keys have to fit into a header. */
export function isImportName(name: string): boolean {
  return name.trim() !== '' && name.isWellFormed() && encodeURIComponent(name).length <= LONGEST_NAME;
}
