import { Type, type Static } from '@sinclair/typebox';

/** How many rows the pages of a list reach, and are counted. */
export const MOST_LISTED = 100_000;

/** The parameters of a page. */
export function pageParameters(perPage: { default: number; maximum: number }) {
  return {
    page: Type.Integer({ minimum: 1, default: 1, description: 'The number of the page, from 1 on.' }),
    per_page: Type.Integer({ minimum: 1, ...perPage, description: 'Maximum number of items on a page.' }),
  };
}

/** Which page it is, and how many there are. */
export const Pagination = Type.Object(
  {
    page: Type.Integer({ minimum: 1 }),
    per_page: Type.Integer({ minimum: 1 }),
    total: Type.Integer({
      minimum: 0,
      description: `The number of items, counted up to ${MOST_LISTED.toLocaleString('en')}.`,
    }),
    total_pages: Type.Integer({ minimum: 0, description: 'The number of pages of as many items.' }),
    has_more: Type.Boolean({ description: 'Whether there are more items than total says.' }),
  },
  { title: 'Pagination' },
);
export type Pagination = Static<typeof Pagination>;
