import { Type, type Static, type TSchema } from '@sinclair/typebox';

import type { KindSpec, RecordField } from './kind.ts';

export const MAX_RECORDS = 1000;

/** How an import is done. Both together are a dry run of an atomic import. */
export const ImportQuery = Type.Object(
  {
    dry_run: Type.Boolean({
      default: false,
      description: 'A dry run: the same answer, and nothing is saved.',
    }),
    atomic: Type.Boolean({ default: false, description: 'Saves all records or, if one of them is rejected, none.' }),
  },
  { additionalProperties: false },
);
export type ImportQuery = Static<typeof ImportQuery>;

/** A record of a kind. Null in an optional field counts as absent; fields that are not named here are ignored. */
export function recordSchema({ title, fields }: KindSpec) {
  const properties = Object.entries(fields).map(([name, field]) => [name, property(field)] as const);
  return Type.Object(Object.fromEntries<TSchema>(properties), { title: `${title}Record` });
}

function property({ schema, missing }: RecordField): TSchema {
  return missing ? schema : Type.Optional(Type.Union([schema, Type.Null()]));
}

/** The body of a request that imports records of a kind. */
export function requestSchema(kind: KindSpec) {
  const records = Type.Array(recordSchema(kind), { minItems: 1, maxItems: MAX_RECORDS });
  return Type.Object({ [kind.list.name]: records }, { title: `${kind.title}ImportRequest` });
}
