import type { TSchema } from '@sinclair/typebox';
import type { ImportKind, KindSpec, RequestErrorCode, toCounted } from '@trackly/contract';
import type { Database } from '@trackly/db';

import type { Examples } from '../description/responses.ts';

/** A kind of import, and the description of its operation. */
export interface ApiKind {
  spec: KindSpec;
  operationId: string;
  summary: string;
  description: string;
  /** Examples of a body and of the answer. */
  requests: Examples;
  results: Examples;
  /** The operation that imports one record; undefined if there is none. */
  one?: OneRecord;
}

/** The description of an operation that imports one record, and its answer. */
export interface OneRecord extends Pick<ApiKind, 'operationId' | 'summary' | 'description' | 'requests' | 'results'> {
  /** Below the prefix of the API. */
  path: string;
  tag: string;
  response: TSchema;
  /** Further fields that the record must have, and the codes that refuse the request without them. */
  required?: Readonly<Record<string, RequestErrorCode>>;
  /** The status of an answer by the code with which the record is rejected. Default: 400. */
  statuses: Readonly<Record<string, number>>;
  /** Reads what became of the record once it is saved. */
  answer: (db: Database, saved: SavedRecord) => Promise<object>;
}

export interface SavedRecord {
  accountId: string;
  importId: string;
  /** As it was sent. */
  record: Readonly<Record<string, unknown>>;
  counts: ReturnType<typeof toCounted>;
}

/** The kinds that an API serves. */
export type ApiKinds = Readonly<Record<ImportKind, ApiKind>>;

/** The specification of each kind. */
export function specsOf(kinds: ApiKinds): KindSpec[] {
  return Object.values(kinds).map(({ spec }) => spec);
}
