/** Identifies one batch of an import, in the same way on every run. */
export interface BatchKey {
  /** Name of the import. */
  name: string;
  /** How many rows of the file come before it. */
  position: number;
  /** SHA-256 of the content of its rows, shortened to 32 hexadecimal digits. */
  hash: string;
}

const FORM = /^([^:]+):(\d+):([0-9a-f]{32})$/;
const LONGEST_NAME = 200;

/** Makes the Idempotency-Key of a batch, by which the service recognises a batch that is sent again. */
export function toIdempotencyKey({ name, position, hash }: BatchKey): string {
  return `${encodeURIComponent(name)}:${position}:${hash}`;
}

/** Parses an Idempotency-Key; undefined if it is not the key of a batch. */
export function parseIdempotencyKey(key: string | null): BatchKey | undefined {
  const [, name = '', position, hash = ''] = FORM.exec(key ?? '') ?? [];
  if (!name) return undefined;
  try {
    return { name: decodeURIComponent(name), position: Number(position), hash };
  } catch {
    return undefined;
  }
}

/** Whether an import can have this name: its keys have to fit into a header. */
export function isImportName(name: string): boolean {
  return name.trim() !== '' && name.isWellFormed() && encodeURIComponent(name).length <= LONGEST_NAME;
}
