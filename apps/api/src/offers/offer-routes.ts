import { MOST_LISTED, Offer, OfferList, OffersQuery } from '@trackly/contract';
import { countOffers, findOffer, listOffers } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';

import { offersPage, oneOffer } from '../description/offers-and-lists-examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { readPage } from '../http/pages.ts';
import { RequestError } from '../http/request-error.ts';
import type { Services } from '../services.ts';
import { toOffer } from './to-offer.ts';

const listSchema = {
  operationId: 'listOffers',
  tags: ['Offers'],
  summary: 'List offers',
  description:
    `Lists the offers of the account, the latest first. Pages reach ${MOST_LISTED.toLocaleString('en')} offers, and so ` +
    'does the total; a page beyond is refused.',
  security: [{ apiKey: [] }],
  querystring: OffersQuery,
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('A page of offers.', [], { 'application/json': { schema: OfferList, examples: offersPage } }),
    ...refusals(['invalid_parameter', 'page_too_deep']),
  },
};

const getSchema = {
  operationId: 'getOffer',
  tags: ['Offers'],
  summary: 'An offer',
  description: 'Returns an offer of the account.',
  security: [{ apiKey: [] }],
  params: Type.Object({ offer_id: Type.String({ description: 'The id of the offer, or its external_id.' }) }),
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('The offer.', [], { 'application/json': { schema: Offer, examples: oneOffer } }),
    ...refusals(['not_found']),
  },
};

/** Serves an account's offers. */
export const offerRoutes: FastifyPluginCallbackTypebox<Pick<Services, 'db'>> = (app, { db }, done) => {
  app.get('/offers', { schema: listSchema }, async ({ accountId, query }) => {
    const { rows, pagination } = await readPage(
      query,
      (most) => countOffers(db, { accountId, most }),
      (range) => listOffers(db, { accountId, ...range }),
    );
    return { offers: rows.map(toOffer), pagination };
  });

  app.get('/offers/:offer_id', { schema: getSchema }, async ({ accountId, params }) => {
    const ref = params.offer_id;
    const found = ref.includes('\0') ? undefined : await findOffer(db, accountId, ref);
    if (!found) throw new RequestError('not_found');
    return toOffer(found);
  });
  done();
};
