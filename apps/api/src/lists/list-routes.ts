import { ListsQuery, SendingList, SendingLists } from '@trackly/contract';
import { countLists, findList, listLists, type ListRow } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';

import { lists, listsPage } from '../description/offers-and-lists-examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { readPage } from '../http/pages.ts';
import { RequestError } from '../http/request-error.ts';
import type { Services } from '../services.ts';

const listSchema = {
  operationId: 'listLists',
  tags: ['Lists'],
  summary: 'List lists',
  description:
    'Lists the lists of the account, in the order in which they were made. Administrators make lists, with ' +
    '`trackly lists create`.',
  security: [{ apiKey: [] }],
  querystring: ListsQuery,
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('A page of lists.', [], { 'application/json': { schema: SendingLists, examples: listsPage } }),
    ...refusals(['invalid_parameter', 'page_too_deep']),
  },
};

const getSchema = {
  operationId: 'getList',
  tags: ['Lists'],
  summary: 'A list',
  description: 'Returns a list of the account.',
  security: [{ apiKey: [] }],
  params: Type.Object({ list_id: Type.String({ description: 'The id of the list.' }) }),
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('The list.', [], { 'application/json': { schema: SendingList, examples: lists } }),
    ...refusals(['not_found']),
  },
};

/** A bigint of PostgreSQL, and no other way to write it. */
const ID = /^[1-9]\d{0,17}$/;

/** Serves an account's lists. */
export const listRoutes: FastifyPluginCallbackTypebox<Pick<Services, 'db'>> = (app, { db }, done) => {
  app.get('/lists', { schema: listSchema }, async ({ accountId, query }) => {
    const { status } = query;
    const { rows, pagination } = await readPage(
      query,
      (most) => countLists(db, { accountId, status, most }),
      (range) => listLists(db, { accountId, status, ...range }),
    );
    return { lists: rows.map(toList), pagination };
  });

  app.get('/lists/:list_id', { schema: getSchema }, async ({ accountId, params }) => {
    const found = ID.test(params.list_id) ? await findList(db, accountId, BigInt(params.list_id)) : undefined;
    if (!found) throw new RequestError('not_found');
    return toList(found);
  });
  done();
};

function toList(row: ListRow): SendingList {
  return {
    id: Number(row.id),
    phone_number: row.listNumber,
    brand_name: row.brandName,
    list_name: row.listName,
    list_type: row.listType,
    status: row.status,
    contact_count: Number(row.contactCount),
    created_at: row.createdAt,
  };
}
