import { Type, type Static, type TSchema } from '@sinclair/typebox';

import type { KindSpec, RecordField } from './kind.ts';

export const MAX_RECORDS = 1000;

/** The most fields that a record may have, unknown ones included. */
export const MAX_FIELDS = 100;

/** The parameters of an import. Both together mean a dry run of an atomic import. */
export const ImportQuery = Type.Object(
  {
    dry_run: Type.Boolean({
      default: false,
      description: 'Dry run: returns the same answer, but saves nothing.',
    }),
    atomic: Type.Boolean({
      default: false,
      description: 'Atomic import: saves all records or, if one is rejected, none.',
    }),
  },
  { additionalProperties: false },
);
export type ImportQuery = Static<typeof ImportQuery>;

/** The schema of a record. Null in an optional field counts as absent; unknown fields are ignored, but counted. */
export function recordSchema({ title, fields }: KindSpec) {
  const properties = Object.entries(fields).map(([name, field]) => [name, property(field)] as const);
  const alternatives = Object.entries(fields).flatMap(([name, { schema, alternative = '' }]) => {
    const other = fields[alternative];
    return other ? [Type.Union([having(name, schema), having(alternative, other.schema)])] : [];
  });
  return Type.Object(Object.fromEntries<TSchema>(properties), {
    title: `${title}Record`,
    maxProperties: MAX_FIELDS,
    ...(alternatives.length > 0 && { allOf: alternatives }),
  });
}

function property({ schema, missing, alternative }: RecordField): TSchema {
  return missing && !alternative ? schema : Type.Optional(Type.Union([schema, Type.Null()]));
}

/** The schema of an object that has a field. */
function having(name: string, schema: TSchema): TSchema {
  return Type.Object({ [name]: schema });
}

/** The schema of the body that imports records of a kind. */
export function requestSchema(kind: KindSpec) {
  const records = Type.Array(recordSchema(kind), { minItems: 1, maxItems: MAX_RECORDS });
  return Type.Object({ [kind.list.name]: records }, { title: `${kind.title}ImportRequest` });
}
