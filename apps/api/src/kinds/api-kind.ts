import type { ImportKind, KindSpec } from '@trackly/contract';

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
}

/** The kinds that an API serves. */
export type ApiKinds = Readonly<Record<ImportKind, ApiKind>>;

/** The specification of each kind. */
export function specsOf(kinds: ApiKinds): KindSpec[] {
  return Object.values(kinds).map(({ spec }) => spec);
}
