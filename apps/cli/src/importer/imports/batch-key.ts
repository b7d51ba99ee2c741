/** Names one batch of an import, the same on every run. */
export interface BatchKey {
  /** Of the import. */
  name: string;
  /** How many rows of the file come before it. */
  position: number;
  /** Of what the file says in its rows. */
  hash: string;
}

const FORM = /^([^:]+):(\d+):([0-9a-f]{32})$/;
const LONGEST_NAME = 200;

/** The Idempotency-Key of a batch: a batch that is sent again is the batch that was sent before, to the service too. */
export function toIdempotencyKey({ name, position, hash }: BatchKey): string {
  return `${encodeURIComponent(name)}:${position}:${hash}`;
}

/** Reads an Idempotency-Key; undefined when it is not one of a batch. */
export function parseIdempotencyKey(key: string | null): BatchKey | undefined {
  const [, name = '', position, hash = ''] = FORM.exec(key ?? '') ?? [];
  if (!name) return undefined;
  try {
    return { name: decodeURIComponent(name), position: Number(position), hash };
  } catch {
    return undefined;
  }
}

/** Whether an import can be called so: its keys have to fit into a header. */
export function isImportName(name: string): boolean {
  return name.trim() !== '' && name.isWellFormed() && encodeURIComponent(name).length <= LONGEST_NAME;
}
