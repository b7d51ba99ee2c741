import type { ImportKind, KindSpec } from '@trackly/contract';

import type { Examples } from '../description/responses.ts';

/** A kind of import, and what is said of importing it. */
export interface ApiKind {
  spec: KindSpec;
  operationId: string;
  summary: string;
  description: string;
  /** What a body looks like, and the answer to it. */
  requests: Examples;
  results: Examples;
}

/** The kinds that an API serves. */
export type ApiKinds = Readonly<Record<ImportKind, ApiKind>>;

/** What is said of each of them in the contract. */
export function specsOf(kinds: ApiKinds): KindSpec[] {
  return Object.values(kinds).map(({ spec }) => spec);
}
