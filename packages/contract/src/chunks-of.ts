import { splitIntoChunks } from './chunk.ts';
import type { CheckedRecord, FieldValue, KindSpec } from './kind.ts';

/**
 * Cuts the records of a request into chunks of at most `size`. Workers save the chunks in any order. So records that agree
 * in the field that identifies them are neighbours in one chunk, in the order of the request, even if it gets longer. A
 * record without that field agrees with none.
 */
export function chunksOf(
  { fields, identity }: Pick<KindSpec, 'fields' | 'identity'>,
  records: readonly CheckedRecord[],
  size: number,
): CheckedRecord[][] {
  if (identity === undefined) return splitIntoChunks(records, size);
  const position = Object.keys(fields).indexOf(identity);
  const groups = Map.groupBy<FieldValue | CheckedRecord, CheckedRecord>(
    records,
    (record) => record.values[position] ?? record,
  );
  if (groups.size === records.length) return splitIntoChunks(records, size);
  return pack(groups, size);
}

function pack(groups: ReadonlyMap<unknown, CheckedRecord[]>, size: number): CheckedRecord[][] {
  const chunks: CheckedRecord[][] = [];
  for (const group of groups.values()) {
    const last = chunks.at(-1);
    if (last && last.length + group.length <= size) last.push(...group);
    else chunks.push(group);
  }
  return chunks;
}
