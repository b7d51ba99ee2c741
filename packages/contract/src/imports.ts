import { Type, type Static } from '@sinclair/typebox';

import type { RawJson } from './exact-number.ts';
import { Formulas } from './formulas.ts';
import type { KindSpec } from './kind.ts';
import type { ImportKind } from './kinds.ts';
import {
  countProperties,
  errorCodeSchema,
  errorFieldProperties,
  resultSchema,
  skippedProperties,
  totalProperties,
  undoCountProperties,
  warningCodeSchema,
  type ImportResult,
} from './result.ts';
import { textOrNull, timeOrNull } from './nullable.ts';

type Specs = readonly KindSpec[];

const importId = Type.String({ format: 'uuid', description: 'The id of the import, from X-Import-Id.' });
const timestamp = Type.Unsafe<Date>(Type.String({ format: 'date-time' }));
const timestampOrNull = timeOrNull();
const cursor = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'The next_cursor of the page before.',
});
const nextCursor = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  description: 'The cursor of the next page; null on the last page.',
});

/** Printable ASCII. */
export const IDEMPOTENCY_KEY_PATTERN = String.raw`^[\x20-\x7e]{1,255}$`;

/** The states of an import: `undoing` once its undo is requested, `undone` when all of its records are removed. */
export const importStatuses = ['processing', 'completed', 'undoing', 'undone'] as const;
export type ImportStatus = (typeof importStatuses)[number];
const ImportStatusSchema = Type.Unsafe<ImportStatus>({
  title: 'ImportStatus',
  type: 'string',
  enum: [...importStatuses],
});

/** The answer if an import or its undo takes longer than the client waits. */
export const ProcessingResponse = Type.Object(
  {
    import_id: importId,
    status: Type.Unsafe<'processing' | 'undoing'>({ type: 'string', enum: ['processing', 'undoing'] }),
    status_url: Type.String({ description: 'Path of the state of the import.' }),
  },
  { title: 'ProcessingResponse' },
);

interface UndoProgress {
  requested_at: Date;
  completed_at: Date | null;
  removed_count: number;
  /** The totals of what was removed, and the counts of the undo. */
  [counted: string]: Date | null | RawJson | number;
}

function importKind(specs: Specs) {
  return Type.Unsafe<ImportKind>({
    type: 'string',
    enum: specs.map(({ name }) => name),
    description: 'The kind of record.',
  });
}

function undoProgress(specs: Specs) {
  const progress = Type.Object(
    {
      requested_at: timestamp,
      completed_at: timestampOrNull,
      removed_count: Type.Integer({ minimum: 0, description: 'Records removed so far.' }),
      ...totalProperties(specs, 'removed'),
      ...undoCountProperties(specs),
    },
    { title: 'UndoProgress' },
  );
  return Type.Unsafe<UndoProgress>(progress);
}

const RefusedUndo = Type.Object(
  {
    refused_at: timestamp,
    in_use: Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
      description: 'What refers to what the import has made: numbers by name.',
    }),
  },
  {
    title: 'RefusedUndo',
    description: 'Why the last request to undo the import was refused (`import_in_use`). Absent otherwise.',
  },
);

function importFields(specs: Specs) {
  return {
    import_id: importId,
    kind: importKind(specs),
    status: ImportStatusSchema,
    dry_run: Type.Boolean({ description: 'Whether the import is a dry run, which saves nothing.' }),
    atomic: Type.Boolean({ description: 'Whether the import saves all of its records or none.' }),
    idempotency_key: textOrNull(),
    record_count: Type.Integer({ minimum: 1 }),
    processed_count: Type.Integer({ minimum: 0 }),
    created_at: timestamp,
    completed_at: timestampOrNull,
    undo: Type.Optional(undoProgress(specs)),
    refused_undo: Type.Optional(RefusedUndo),
  };
}

/** The state of an import, with its result once it is completed. */
export function importResponse(specs: Specs) {
  const result = Type.Unsafe<ImportResult>(Type.Union(specs.map(resultSchema)));
  const notices = Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
    description: 'Numbers of records by name, as in Import-Notices; absent if there is nothing to say.',
  });
  return Type.Object(
    { ...importFields(specs), result: Type.Optional(result), notices: Type.Optional(notices) },
    { title: 'ImportResponse' },
  );
}
export type ImportResponse = Static<ReturnType<typeof importResponse>>;

export const MAX_LISTED_IMPORTS = 100;

/** The filters of the list of imports. */
export function importListQuery(specs: Specs) {
  return Type.Object(
    {
      status: Type.Optional(ImportStatusSchema),
      kind: Type.Optional(importKind(specs)),
      from: Type.Optional(
        Type.String({ description: 'Imports accepted at this time or later: an ISO 8601 date or date-time.' }),
      ),
      to: Type.Optional(
        Type.String({ description: 'Imports accepted before this time: an ISO 8601 date or date-time.' }),
      ),
      idempotency_key: Type.Optional(
        Type.String({
          pattern: IDEMPOTENCY_KEY_PATTERN,
          description: 'Imports with this Idempotency-Key.',
        }),
      ),
      cursor: Type.Optional(cursor),
      limit: Type.Integer({
        minimum: 1,
        maximum: MAX_LISTED_IMPORTS,
        default: 20,
        description: 'Maximum number of imports on a page.',
      }),
    },
    { additionalProperties: false },
  );
}

function listedImport(specs: Specs) {
  return Type.Object(
    {
      ...importFields(specs),
      success_count: Type.Integer({
        minimum: 0,
        description: 'Records saved so far, even if undone later. For a dry run, records that would be saved.',
      }),
      error_count: Type.Integer({ minimum: 0, description: 'Records rejected so far.' }),
      ...skippedProperties(specs),
      ...countProperties(specs),
      ...totalProperties(specs, 'total'),
    },
    { title: 'ListedImport' },
  );
}

/** A page of an account's imports, the latest first. */
export function importListResponse(specs: Specs) {
  return Type.Object(
    { imports: Type.Array(listedImport(specs)), next_cursor: nextCursor },
    { title: 'ImportListResponse' },
  );
}

export const MAX_ERRORS_PER_PAGE = 1000;

export const ImportErrorsQuery = Type.Object(
  {
    cursor: Type.Optional(cursor),
    limit: Type.Integer({
      minimum: 1,
      maximum: MAX_ERRORS_PER_PAGE,
      default: 100,
      description: 'Maximum number of errors on a page of JSON.',
    }),
    formulas: Formulas,
  },
  { additionalProperties: false },
);

function importError(specs: Specs) {
  const warningCodes = specs.flatMap((spec) => warningCodeSchema(spec) ?? []);
  const warning = Type.Literal(true, {
    description:
      'Whether it is a warning: the record is not rejected, and neither counted nor listed as an error of the import. ' +
      'Absent from errors.',
  });
  return Type.Object(
    {
      index: Type.Integer({ minimum: 0, description: 'Position of the record in the request.' }),
      ...errorFieldProperties(specs),
      code: Type.Union([...specs.map(errorCodeSchema), ...warningCodes]),
      error: Type.String(),
      ...(warningCodes.length > 0 && { warning: Type.Optional(warning) }),
      record: Type.Unknown({
        description:
          'The known fields of the record: as they were sent if the checks rejected it, with defaults filled in if it ' +
          'could not be saved. Null if it is not kept: it is larger than 4 KiB or nested too deep, the import has kept ' +
          '1 MiB of rejected records, or the account has kept as much as it may.' +
          (warningCodes.length > 0 ? ' Null with a warning.' : ''),
      }),
    },
    { title: 'ImportError' },
  );
}

/** A page of the rejected records of an import, by index. */
export function importErrorsResponse(specs: Specs) {
  return Type.Object(
    { errors: Type.Array(importError(specs)), next_cursor: nextCursor },
    { title: 'ImportErrorsResponse' },
  );
}
