import { Readable } from 'node:stream';

import { ImportErrorsQuery, importErrorsResponse, MAX_RECORDS, type KindSpec } from '@trackly/contract';
import { readImport, readImportErrors } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { Services } from '../services.ts';
import { importErrorLines, importErrors, importErrorTables } from '../description/examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response, StreamedText } from '../description/responses.ts';
import { toCsv, toJsonLine, toNdjson } from './rejections.ts';
import { ImportParams, importRefOf } from './import-ref.ts';
import { specsOf } from '../kinds/api-kind.ts';
import { chooseMediaType } from '../http/media-type.ts';
import { RequestError } from '../http/request-error.ts';

const mediaTypes = ['application/json', 'application/x-ndjson', 'text/csv'] as const;

const WARNINGS =
  ' Records with a warning are listed, too, although they are not rejected: warning is true, and record null. In CSV, the ' +
  'column warning is true or empty.';

const schemaOf = (specs: readonly KindSpec[]) => ({
  operationId: 'listImportErrors',
  tags: ['Imports'],
  summary: 'All errors of an import',
  description:
    'Lists all rejected records of a completed import, by index, together with the record itself. Accept chooses the ' +
    'format: JSON in pages (limit, next_cursor), or NDJSON or CSV with all records from the cursor on, regardless of ' +
    'limit. Of a record that the checks ' +
    'rejected, the known fields are returned as they were sent; one that could not be saved has its defaults filled in; ' +
    'one that is not kept is null: it is larger than 4 KiB or nested too deep, the import has kept 1 MiB of rejected ' +
    'records, or the account has kept as much as it may. In CSV, each known field has a column, which holds ' +
    'strings as they are and anything else as JSON; the column record holds the whole record as JSON.' +
    (specs.some(({ warnings }) => warnings) ? WARNINGS : ''),
  security: [{ apiKey: [] }],
  params: ImportParams,
  querystring: ImportErrorsQuery,
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('The errors.', ['Content-Disposition'], {
      'application/json': { schema: importErrorsResponse(specs), examples: importErrors },
      'application/x-ndjson': { schema: StreamedText, examples: importErrorLines },
      'text/csv': { schema: StreamedText, examples: importErrorTables },
    }),
    ...refusals(['invalid_parameter', 'not_found', 'not_acceptable', 'import_not_completed']),
  },
});

/** Serves all rejected records of an import. The answer to the import lists only the first of them. */
export const importErrorRoutes: FastifyPluginCallbackTypebox<Pick<Services, 'db' | 'kinds'>> = (
  app,
  { db, kinds },
  done,
) => {
  app.get('/history/imports/:import_id/errors', { schema: schemaOf(specsOf(kinds)) }, async (request, reply) => {
    const { cursor, limit, formulas } = request.query;
    const mediaType = chooseMediaType(request, mediaTypes);
    const ref = importRefOf(request);
    const from = { ...ref, afterIndex: indexOf(cursor) };
    const progress = await readImport(db, ref);
    if (!progress) throw new RequestError('not_found');
    // While a chunk is open, its errors are missing, even if the import is already to be undone.
    if (!progress.completedAt) throw new RequestError('import_not_completed');

    const kind = kinds[progress.kind].spec;
    reply.type(mediaType).header('vary', 'accept');
    if (mediaType === 'application/json') {
      const rejected = await readImportErrors(db, { ...from, count: limit + 1 });
      const page = rejected.slice(0, limit);
      const nextCursor = rejected.length > limit ? JSON.stringify(String(page.at(-1)?.index)) : 'null';
      return `{"errors":[${page.map((each) => toJsonLine(kind, each)).join(',')}],"next_cursor":${nextCursor}}`;
    }

    const rejected = await readImportErrors(db, { ...from, count: MAX_RECORDS });
    if (mediaType === 'application/x-ndjson') return Readable.from(toNdjson(kind, rejected));
    reply.type(`${mediaType}; charset=utf-8`);
    reply.header('content-disposition', `attachment; filename="import-${ref.importId}-errors.csv"`);
    return Readable.from(toCsv(kind, rejected, formulas));
  });
  done();
};

/** A cursor is the index of the last record of the page before. */
function indexOf(cursor: string | undefined): number {
  if (cursor === undefined) return -1;
  if (/^\d+$/.test(cursor) && Number(cursor) < MAX_RECORDS) return Number(cursor);
  throw new RequestError('invalid_parameter', 'cursor must be the next_cursor of a page.');
}
