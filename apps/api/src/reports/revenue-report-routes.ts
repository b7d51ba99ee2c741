import { Readable } from 'node:stream';

import { RevenueReport, RevenueReportQuery } from '@trackly/contract';
import { DatabaseError, readRevenueReport, type ReportRow, type RevenueSums } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { Turns } from '../load/turns.ts';
import type { Services } from '../services.ts';
import { reports, reportTables } from '../description/examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response, StreamedText } from '../description/responses.ts';
import { chooseMediaType } from '../http/media-type.ts';
import { cursorAfter, filtersOf, keyOfCursor } from './report-query.ts';
import { toCsv, toRow, toSums } from './report-rows.ts';
import { RequestError } from '../http/request-error.ts';

const mediaTypes = ['application/json', 'text/csv'] as const;

/** Rows that are read together for CSV. This bounds the memory; few reports have more rows. */
const CSV_PAGE = 5_000;

/** SQLSTATE of a statement that PostgreSQL has ended because it took too long. */
const QUERY_CANCELED = '57014';

const schema = {
  operationId: 'reportRevenue',
  tags: ['Reports'],
  summary: 'Report revenue',
  description:
    'Adds up the imported revenue by one dimension: number of records, revenue and payout, exactly. Days and months are ' +
    'in UTC. The other dimensions are filters: "by=offer&month=2025-11" is November by offer. Undone imports and dry runs ' +
    'do not count. Rows are sorted by the dimension, names by their bytes. Accept chooses the format: JSON in pages, or ' +
    'CSV with all rows from the cursor on.',
  security: [{ apiKey: [] }],
  querystring: RevenueReportQuery,
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('The report.', ['Content-Disposition'], {
      'application/json': { schema: RevenueReport, examples: reports },
      'text/csv': { schema: StreamedText, examples: reportTables },
    }),
    ...refusals(['invalid_parameter', 'not_acceptable', 'report_too_large']),
  },
};

/** Reports an account's imported revenue. */
export const revenueReportRoutes: FastifyPluginCallbackTypebox<Pick<Services, 'reportsDb'> & { turns: Turns }> = (
  app,
  { reportsDb, turns },
  done,
) => {
  app.get('/reports/revenue', { schema }, async (request, reply) => {
    const { accountId, query } = request;
    const { by, limit, formulas } = query;
    const mediaType = chooseMediaType(request, mediaTypes);
    const filters = filtersOf(query);
    const start = keyOfCursor(query);

    reply.header('vary', 'accept');
    if (mediaType === 'text/csv') {
      const first = await read(start, CSV_PAGE);
      reply.type(`${mediaType}; charset=utf-8`);
      reply.header('content-disposition', `attachment; filename="revenue-by-${by}.csv"`);
      return Readable.from(toCsv(by, pagesFrom(first), formulas));
    }
    const { rows, total } = await read(start, limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      by,
      from: filters.from ?? null,
      to: filters.to ?? null,
      rows: page.map((row) => toRow(by, row)),
      total: toSums(total),
      next_cursor: last ? cursorAfter(by, last.key) : null,
    };

    async function read(after: string | undefined, count: number): Promise<RevenueSums> {
      const endTurn = await turns.take(request.requester, reply.raw);
      try {
        return await readRevenueReport(reportsDb, { accountId, by, filters, after, count });
      } catch (error) {
        const isTooLong = error instanceof DatabaseError && error.sqlState === QUERY_CANCELED;
        throw isTooLong ? new RequestError('report_too_large') : error;
      } finally {
        endTurn();
      }
    }

    async function* pagesFrom(first: RevenueSums): AsyncGenerator<ReportRow[]> {
      let csvPage = first.rows;
      yield csvPage;
      while (csvPage.length === CSV_PAGE) {
        csvPage = (await read(csvPage.at(-1)?.key, CSV_PAGE)).rows;
        yield csvPage;
      }
    }
  });
  done();
};
