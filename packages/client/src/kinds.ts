import type { paths } from './generated/openapi.ts';
import type { JsonOf } from './json-of.ts';

interface KindWords {
  /** The path of its records, and the name of their list in a body. */
  path: `/${string}`;
  list: string;
  /** The fields that answers add up. */
  totals: readonly string[];
  /** The numbers of records in answers and in the list of imports, besides success_count and error_count. */
  counts?: readonly string[];
  /** Whether an undo may still be refused while it goes on. */
  isUndoneAsWhole?: true;
}

/** The words of each kind. */
export const kinds = {
  revenue: { path: '/api/v2/history/revenue', list: 'records', totals: ['revenue'] },
  sends: {
    path: '/api/v2/history/sends',
    list: 'records',
    totals: [],
    counts: ['duplicates_skipped'],
    isUndoneAsWhole: true,
  },
  contacts: {
    path: '/api/v2/contacts/bulk',
    list: 'contacts',
    totals: [],
    counts: ['contacts_created', 'list_contacts_created', 'list_contacts_updated', 'journeys_enrolled'],
    isUndoneAsWhole: true,
  },
  offers: {
    path: '/api/v2/offers/bulk',
    list: 'offers',
    totals: [],
    counts: ['duplicates_skipped'],
    isUndoneAsWhole: true,
  },
} as const satisfies Record<string, KindWords>;

/** The kinds that can be imported. */
export type ImportKind = keyof typeof kinds;

type Operation<Kind extends ImportKind> = paths[(typeof kinds)[Kind]['path']]['post'];

/** The items of a list in a body. */
type ItemOf<Body, List> = List extends keyof Body ? (Body[List] extends readonly (infer Item)[] ? Item : never) : never;

/** A record of a kind, with the fields of the API. Amounts with more than 15 digits must be strings. */
export type ImportRecord<Kind extends ImportKind> = ItemOf<
  JsonOf<NonNullable<Operation<Kind>['requestBody']>>,
  (typeof kinds)[Kind]['list']
>;

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

/** Whether the records of an import will be gone, by the state of the import. */
export function isGone(kind: ImportKind, status: string): boolean {
  const words: KindWords = kinds[kind];
  return status === 'undone' || (status === 'undoing' && !words.isUndoneAsWhole);
}

/** The names of the counts of a kind. A kind that only a later version of the service has gives none. */
export function countFields(kind: ImportKind): readonly string[] {
  const words: KindWords | undefined = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return words?.counts ?? [];
}

/** The counts of an answer or of a listed import. */
export function countsOf(kind: ImportKind, answer: object): Record<string, number> {
  const names = new Set(countFields(kind));
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, count]) => (names.has(name) ? [[name, Number(count)]] : [])),
  );
}

/** The fields of answers whose numbers can have more digits than a double holds. */
export const exactFields = Object.values(kinds).flatMap(({ totals }) =>
  totals.flatMap((field) => [`total_${field}`, `removed_${field}`]),
);
