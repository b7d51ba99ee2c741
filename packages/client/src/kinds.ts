import type { paths } from './generated/openapi.ts';
import type { JsonOf } from './json-of.ts';

/** For each kind: the path of its records, the name of their list in a body, and the fields that answers add up. */
export const kinds = {
  revenue: { path: '/api/v2/history/revenue', list: 'records', totals: ['revenue'] },
} as const;

/** The kinds that can be imported. */
export type ImportKind = keyof typeof kinds;

type Operation<Kind extends ImportKind> = paths[(typeof kinds)[Kind]['path']]['post'];

/** A record of a kind, with the fields of the API. Amounts with more than 15 digits must be strings. */
export type ImportRecord<Kind extends ImportKind> = JsonOf<
  NonNullable<Operation<Kind>['requestBody']>
>[(typeof kinds)[Kind]['list']][number];

/** The answer to a completed import. Totals are exact plain decimals. */
export type ImportResult<Kind extends ImportKind> = JsonOf<Operation<Kind>['responses'][200]>;

/** The fields of a kind that answers add up. A kind that only a later version of the service has gives none. */
export function totalFields(kind: ImportKind): readonly string[] {
  return Object.hasOwn(kinds, kind) ? kinds[kind].totals : [];
}

/** The totals of an answer, by the name of the field without `total_`. */
export function totalsOf(kind: ImportKind, answer: object): Record<string, string> {
  const fields = new Map(totalFields(kind).map((field) => [`total_${field}`, field]));
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, total]) => {
      const field = fields.get(name);
      return field === undefined ? [] : [[field, String(total)]];
    }),
  );
}

/** The fields of answers whose numbers can have more digits than a double holds. */
export const exactFields = Object.values(kinds).flatMap(({ totals }) =>
  totals.flatMap((field) => [`total_${field}`, `removed_${field}`]),
);
