import {
  repeatedFields,
  storedFields,
  type CheckedRecord,
  type ColumnType,
  type KindSpec,
  type RecordField,
} from '@trackly/contract';

import { arrayLiteral } from './array-literal.ts';
import { Prisma } from './generated/client.ts';
import { chunkBytes } from './stored-bytes.ts';

/** The table with the records of a kind's open chunks: one row per chunk, one array per field. */
export function recordsTable({ name }: KindSpec): Prisma.Sql {
  return Prisma.raw(`${name}_chunk_records`);
}

/** The stored fields of a kind as a list of columns. */
export function fieldColumns(kind: KindSpec): Prisma.Sql {
  return Prisma.raw(storedFields(kind).map(quoted).join(', '));
}

/** A list of expressions, one for each stored field of a kind. */
export function eachField(kind: KindSpec, expression: (column: string) => string): Prisma.Sql {
  return Prisma.raw(storedFields(kind).map(quoted).map(expression).join(', '));
}

/** Records as arrays, one for each stored field of their kind, in the order of {@link fieldColumns}. */
export function fieldArrays(kind: KindSpec, records: readonly CheckedRecord[]): Prisma.Sql {
  const arrays = Object.values(kind.fields).flatMap(({ column, isForgotten = false }, field) => {
    if (isForgotten) return [];
    const values = arrayLiteral(records.map((record) => record.values[field] ?? null));
    return [Prisma.sql`${values}::${ARRAY_OF[column]}`];
  });
  return Prisma.join(arrays);
}

/** A record as JSON, in the form in which a client could send it. */
export function recordAsJson(kind: KindSpec, valueOf: (column: string) => string): Prisma.Sql {
  // json_strip_nulls would also strip what is in an object.
  const members = storedEntries(kind).map(
    ([field, { column }]) => `'"${field}":' || to_json(${AS_JSON[column](valueOf(quoted(field)))})::text`,
  );
  return Prisma.raw(`('{' || concat_ws(',', ${members.join(', ')}) || '}')::json`);
}

/** The columns of a table with one record per row, with defaults for absent fields. */
export function withDefaults(kind: KindSpec, table: string, acceptedAt: string): Prisma.Sql {
  const columns = storedEntries(kind).map(([field, { schema, isAcceptanceTime = false }]) => {
    const name = Prisma.raw(quoted(field));
    const value = Prisma.raw(`${table}.${quoted(field)}`);
    const constant: unknown = schema['default'];
    if (isAcceptanceTime) return Prisma.sql`coalesce(${value}, ${Prisma.raw(acceptedAt)}) AS ${name}`;
    const isConstant = typeof constant === 'string' || typeof constant === 'number' || typeof constant === 'boolean';
    return isConstant ? Prisma.sql`coalesce(${value}, ${String(constant)}) AS ${name}` : value;
  });
  return Prisma.join(columns);
}

/** The reason for a rejected record as JSON, with the fields that the errors of its kind repeat. */
export function rejectionAsJson(
  kind: KindSpec,
  { index, code, valueOf }: { index: string; code: string; valueOf: (column: string) => string },
): Prisma.Sql {
  const repeated = repeatedFields(kind).map(
    ([field, { column }]) => `'${field}', ${AS_JSON[column](valueOf(quoted(field)))}`,
  );
  const fields = repeated.length > 0 ? `, 'fields', json_build_object(${repeated.join(', ')})` : '';
  return Prisma.raw(`json_build_object('index', ${index}, 'code', ${code}${fields})`);
}

/** A DELETE of the records of the chunks that another part of the statement has completed. */
export function deleteRecordsOf(kind: KindSpec, completed: string): Prisma.Sql {
  return Prisma.sql`
    DELETE FROM ${recordsTable(kind)} AS records
    USING ${Prisma.raw(completed)} AS completed
    WHERE records.account_id = completed.account_id
      AND records.import_id = completed.import_id
      AND records.chunk_index = completed.chunk_index`;
}

/** What an UPDATE sets to complete an open chunk with nothing saved. */
export const STOPPED = Prisma.raw(`
  record_indexes = NULL, completed_at = clock_timestamp(), success_count = 0, skipped_count = 0,
  totals = '{}', errors = '[]', rejected_records = '[]', kept_bytes = 0,
  stored_bytes = ${chunkBytes(['[]', '[]'])}`);

const ARRAY_OF: Record<ColumnType, Prisma.Sql> = {
  text: Prisma.raw('text[]'),
  numeric: Prisma.raw('numeric[]'),
  timestamptz: Prisma.raw('timestamptz[]'),
  boolean: Prisma.raw('boolean[]'),
  bigint: Prisma.raw('bigint[]'),
  json: Prisma.raw('json[]'),
};

const AS_JSON: Record<ColumnType, (value: string) => string> = {
  text: (value) => value,
  numeric: (value) => `trim_scale(${value})`,
  timestamptz: (value) => `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  boolean: (value) => value,
  bigint: (value) => value,
  json: (value) => value,
};

function storedEntries({ fields }: KindSpec): [name: string, field: RecordField][] {
  return Object.entries(fields).filter(([, { isForgotten = false }]) => !isForgotten);
}

function quoted(field: string): string {
  return `"${field}"`;
}
