import { Type, type Static } from '@sinclair/typebox';

import type { RawJson } from './exact-number.ts';
import { importKinds, kindSpecs, type ImportKind } from './kinds.ts';
import { errorCodeSchema, resultSchema, totalProperties } from './result.ts';

const specs = Object.values(kindSpecs);

const importId = Type.String({ format: 'uuid', description: 'The import, as in X-Import-Id.' });
const timestamp = Type.Unsafe<Date>(Type.String({ format: 'date-time' }));
const timestampOrNull = Type.Unsafe<Date | null>({ type: ['string', 'null'], format: 'date-time' });
const cursor = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'Goes on where a page ended: its next_cursor.',
});
const nextCursor = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  description: 'For the next page; null on the last one.',
});

/** Printable ASCII. */
export const IDEMPOTENCY_KEY_PATTERN = String.raw`^[\x20-\x7e]{1,255}$`;

/** Where an import is: `undoing` once it is being taken back, `undone` when none of its revenue is left. */
export const importStatuses = ['processing', 'completed', 'undoing', 'undone'] as const;
export type ImportStatus = (typeof importStatuses)[number];
const ImportStatusSchema = Type.Unsafe<ImportStatus>({
  title: 'ImportStatus',
  type: 'string',
  enum: [...importStatuses],
});

/** The answer when an import, or undoing one, takes longer than the client waits. */
export const ProcessingResponse = Type.Object(
  {
    import_id: importId,
    status: Type.Unsafe<'processing' | 'undoing'>({ type: 'string', enum: ['processing', 'undoing'] }),
    status_url: Type.String({ description: 'Tells how far it is, and its outcome.' }),
  },
  { title: 'ProcessingResponse' },
);

interface UndoProgress {
  requested_at: Date;
  completed_at: Date | null;
  removed_count: number;
  [removed: `removed_${string}`]: RawJson | number;
}

const UndoProgressSchema = Type.Unsafe<UndoProgress>(
  Type.Object(
    {
      requested_at: timestamp,
      completed_at: timestampOrNull,
      removed_count: Type.Integer({ minimum: 0, description: 'Revenue records removed so far.' }),
      ...totalProperties(specs, 'removed'),
    },
    { title: 'UndoProgress' },
  ),
);

const importFields = {
  import_id: importId,
  kind: Type.Unsafe<ImportKind>(Type.String({ description: 'What was imported: revenue.' })),
  status: ImportStatusSchema,
  dry_run: Type.Boolean({ description: 'Whether it was a rehearsal, of which nothing is saved.' }),
  atomic: Type.Boolean({ description: 'Whether it was to be saved as a whole or not at all.' }),
  idempotency_key: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  record_count: Type.Integer({ minimum: 1 }),
  processed_count: Type.Integer({ minimum: 0 }),
  created_at: timestamp,
  completed_at: timestampOrNull,
  undo: Type.Optional(UndoProgressSchema),
};

/** An import: how far it is, and what it brought once it is completed. */
export const ImportResponse = Type.Object(
  { ...importFields, result: Type.Optional(Type.Union(specs.map(resultSchema))) },
  { title: 'ImportResponse' },
);
export type ImportResponse = Static<typeof ImportResponse>;

export const MAX_LISTED_IMPORTS = 100;

export const ImportListQuery = Type.Object(
  {
    status: Type.Optional(ImportStatusSchema),
    kind: Type.Optional(Type.Unsafe<ImportKind>({ type: 'string', enum: [...importKinds] })),
    from: Type.Optional(Type.String({ description: 'Accepted at this time or later: an ISO 8601 date or date-time.' })),
    to: Type.Optional(Type.String({ description: 'Accepted before this time: an ISO 8601 date or date-time.' })),
    idempotency_key: Type.Optional(
      Type.String({ pattern: IDEMPOTENCY_KEY_PATTERN, description: 'The import that came with this Idempotency-Key.' }),
    ),
    cursor: Type.Optional(cursor),
    limit: Type.Integer({
      minimum: 1,
      maximum: MAX_LISTED_IMPORTS,
      default: 20,
      description: 'Imports in a page, at most.',
    }),
  },
  { additionalProperties: false },
);
export type ImportListQuery = Static<typeof ImportListQuery>;

const ListedImport = Type.Object(
  {
    ...importFields,
    success_count: Type.Integer({
      minimum: 0,
      description: 'Records saved so far, undone or not; of a dry run those that would be.',
    }),
    error_count: Type.Integer({ minimum: 0, description: 'Records that failed so far.' }),
    ...totalProperties(specs, 'total'),
  },
  { title: 'ListedImport' },
);

/** A page of an account's imports, the latest first. */
export const ImportListResponse = Type.Object(
  { imports: Type.Array(ListedImport), next_cursor: nextCursor },
  { title: 'ImportListResponse' },
);
export type ImportListResponse = Static<typeof ImportListResponse>;

export const MAX_ERRORS_PER_PAGE = 1000;

export const ImportErrorsQuery = Type.Object(
  {
    cursor: Type.Optional(cursor),
    limit: Type.Integer({
      minimum: 1,
      maximum: MAX_ERRORS_PER_PAGE,
      default: 100,
      description: 'Errors in a page of JSON, at most.',
    }),
  },
  { additionalProperties: false },
);
export type ImportErrorsQuery = Static<typeof ImportErrorsQuery>;

/** A record that was not imported. */
export const ImportError = Type.Object(
  {
    index: Type.Integer({ minimum: 0, description: 'Position of the record in the request.' }),
    code: Type.Union(specs.map(errorCodeSchema)),
    error: Type.String(),
    record: Type.Unknown({
      description:
        'The record: as it was sent when the checks refused it; with its defaults filled in when it could not be saved. ' +
        'Null when it was nested too deep to be kept.',
    }),
  },
  { title: 'ImportError' },
);
export type ImportError = Static<typeof ImportError>;

/** A page of the records that were not imported, by index. */
export const ImportErrorsResponse = Type.Object(
  { errors: Type.Array(ImportError), next_cursor: nextCursor },
  { title: 'ImportErrorsResponse' },
);
export type ImportErrorsResponse = Static<typeof ImportErrorsResponse>;
