import { parseTimestamp, type ReportDimension, type RevenueReportQuery } from '@trackly/contract';
import type { ReportFilters } from '@trackly/db';
import { validate as isUuid } from 'uuid';

import { RequestError } from '../http/request-error.ts';
import { timeParameter } from '../http/time-parameter.ts';

/** A period from `from` (inclusive) to `to` (exclusive), both in UTC. A missing end is open. */
interface Span {
  from: string | undefined;
  to: string | undefined;
}

/** Days and months must begin before this, so that the end of the period has a year of four digits. */
const LAST_TIME = Date.UTC(9999, 0);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/**
 * Converts the parameters of a report to filters. The period is the intersection of day, month, and from and to.
 *
 * @throws RequestError `invalid_parameter`
 */
export function filtersOf(query: RevenueReportQuery): ReportFilters {
  const { from, to, day, month, offer, list, attribution_type: attributionType, import: importId } = query;
  if (importId !== undefined && !isUuid(importId)) throw invalid('import must be the id of an import, a UUID.');

  const given = { from: timeParameter('from', from), to: timeParameter('to', to) };
  const span = intersectionOf([given, daySpan(day), monthSpan(month)]);
  if (span.from && span.to && !isBefore(span.from, span.to)) {
    throw invalid('from must be before to, and both must leave something of the day or month.');
  }
  return { ...span, offer, list, attributionType, importId };
}

/** Makes the `next_cursor` of a page whose last row has the given key. */
export function cursorAfter(by: ReportDimension, key: string): string {
  return Buffer.from(`${by}:${key}`).toString('base64url');
}

/**
 * Returns the key that a cursor stands for.
 *
 * @throws RequestError `invalid_parameter` if the cursor is not valid, or belongs to a report by another dimension
 */
export function keyOfCursor({ by, cursor }: RevenueReportQuery): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url')
    .toString()
    .slice(by.length + 1);
  // Decoding drops or replaces what is not valid, and the page would begin elsewhere.
  if (cursorAfter(by, key) !== cursor || key.includes('\0')) {
    throw invalid('cursor must be the next_cursor of a page of the same report.');
  }
  return key;
}

function daySpan(day: string | undefined): Span | undefined {
  if (day === undefined) return undefined;
  const from = DAY.test(day) ? parseTimestamp(day, LAST_TIME) : undefined;
  if (!from) throw invalid('day must be a date since 1970, such as 2025-11-15.');
  return { from, to: laterBy(from, { days: 1, months: 0 }) };
}

function monthSpan(month: string | undefined): Span | undefined {
  if (month === undefined) return undefined;
  const from = MONTH.test(month) ? parseTimestamp(`${month}-01`, LAST_TIME) : undefined;
  if (!from) throw invalid('month must be a month since 1970, such as 2025-11.');
  return { from, to: laterBy(from, { days: 0, months: 1 }) };
}

function laterBy(time: string, { days, months }: { days: number; months: number }): string {
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() + months, date.getUTCDate() + days);
  return `${date.toISOString().slice(0, 19)}Z`;
}

function intersectionOf(spans: readonly (Span | undefined)[]): Span {
  const ascending = (end: keyof Span) =>
    spans.flatMap((span) => span?.[end] ?? []).toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  return { from: ascending('from').at(-1), to: ascending('to')[0] };
}

/** Compares times in UTC to the microsecond, which a Date cannot represent. */
function isBefore(a: string, b: string): boolean {
  return a.slice(0, -1) < b.slice(0, -1);
}

function invalid(text: string): RequestError {
  return new RequestError('invalid_parameter', text);
}
