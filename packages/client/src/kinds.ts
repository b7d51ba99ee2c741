import type { paths } from './generated/openapi.ts';
import type { JsonOf } from './json-of.ts';

/** Of each kind: where its records are sent, what a body calls them, and which of their fields answers add up. */
export const kinds = {
  revenue: { path: '/api/v2/history/revenue', list: 'records', totals: ['revenue'] },
} as const;

/** What can be imported. */
export type ImportKind = keyof typeof kinds;

type Operation<Kind extends ImportKind> = paths[(typeof kinds)[Kind]['path']]['post'];

/** A record of a kind, with the fields of the API. Amounts past 15 digits are to be text. */
export type ImportRecord<Kind extends ImportKind> = JsonOf<
  NonNullable<Operation<Kind>['requestBody']>
>[(typeof kinds)[Kind]['list']][number];

/** The answer to an import that is completed. Sums are plain decimals, exact. */
export type ImportResult<Kind extends ImportKind> = JsonOf<Operation<Kind>['responses'][200]>;

/** What an answer adds up, by field, in the words of the API without `total_`. */
export function totalsOf(kind: ImportKind, answer: object): Record<string, string> {
  const fields = new Map(kinds[kind].totals.map((field) => [`total_${field}`, field]));
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, total]) => {
      const field = fields.get(name);
      return field === undefined ? [] : [[field, String(total)]];
    }),
  );
}

/** The fields of answers whose numbers may have more digits than a double holds. */
export const exactFields = Object.values(kinds).flatMap(({ totals }) =>
  totals.flatMap((field) => [`total_${field}`, `removed_${field}`]),
);
