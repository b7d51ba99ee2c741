import type { RejectedRecord } from './check.ts';
import { toJson } from './json.ts';
import { storedFields, type KindSpec, type Rejection } from './kind.ts';

/** The most bytes of JSON that a rejected record is kept with, and all of an import together. */
export const MAX_KEPT_RECORD_BYTES = 4 * 1024;
export const MAX_KEPT_IMPORT_BYTES = 1024 * 1024;

/** A rejected record as the ledger has it. */
export interface KeptRejection extends Rejection {
  /** JSON text; null if the record is not kept. */
  record: string | null;
}

/** A rejected record, or one with a warning. */
export interface ListedRejection extends KeptRejection {
  isWarning: boolean;
}

export interface KeptRecords {
  rejected: KeptRejection[];
  /** Bytes of the records that are kept. */
  keptBytes: number;
  /** The number of those that are not. */
  notKept: number;
}

/**
 * Chooses what is kept of the records that the checks rejected: of an object, the known fields that are stored; of
 * anything else, what was sent. A record that is too long or nested too deep is not kept, and neither is one that has no room in `mostBytes`.
 */
export function keepRecords(kind: KindSpec, rejected: readonly RejectedRecord[], mostBytes: number): KeptRecords {
  const kept: KeptRecords = { rejected: [], keptBytes: 0, notKept: 0 };
  for (const { record, ...rejection } of rejected) {
    const text = toKeptText(kind, record);
    const bytes = text === null ? 0 : Buffer.byteLength(text);
    const isKept = text !== null && bytes <= MAX_KEPT_RECORD_BYTES && kept.keptBytes + bytes <= mostBytes;
    kept.rejected.push({ ...rejection, record: isKept ? text : null });
    if (isKept) kept.keptBytes += bytes;
    else kept.notKept += 1;
  }
  return kept;
}

function toKeptText(kind: KindSpec, record: unknown): string | null {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return textOf(record);
  const known = storedFields(kind).filter((name) => Object.hasOwn(record, name));
  return textOf(Object.fromEntries(known.map((name) => [name, Reflect.get(record, name)])));
}

/** The JSON of a value, or null if it is nested too deep. */
function textOf(value: unknown): string | null {
  const text = toJson(value);
  return text === 'null' && value !== null ? null : text;
}
