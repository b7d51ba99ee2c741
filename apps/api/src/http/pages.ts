import { MOST_LISTED, type Pagination } from '@trackly/contract';

import { RequestError } from './request-error.ts';

interface Page {
  page: number;
  per_page: number;
}

interface Found<Row> {
  rows: Row[];
  pagination: Pagination;
}

/**
 * Reads a page of a list that is served only so far: to skip rows takes the longer the more they are.
 *
 * @param count counts the rows, up to a number
 * @throws RequestError `page_too_deep` if the page is not served
 */
export async function readPage<Row>(
  { page, per_page: perPage }: Page,
  count: (most: number) => Promise<number>,
  read: (range: { offset: number; count: number }) => Promise<Row[]>,
): Promise<Found<Row>> {
  const offset = (page - 1) * perPage;
  if (offset >= MOST_LISTED) throw new RequestError('page_too_deep');
  const counted = await count(MOST_LISTED + 1);
  const total = Math.min(counted, MOST_LISTED);
  const size = Math.min(perPage, Math.max(total - offset, 0));
  const rows = size > 0 ? await read({ offset, count: size }) : [];
  const totalPages = Math.ceil(total / perPage);
  return { rows, pagination: { page, per_page: perPage, total, total_pages: totalPages, has_more: counted > total } };
}
