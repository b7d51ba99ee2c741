import { ContactList, ContactListQuery, exactNumber, MOST_LISTED, type ListedContact } from '@trackly/contract';
import { countContacts, listContacts, type ContactRow } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import { contactLists } from '../description/contact-examples.ts';
import { requestHeaders } from '../description/headers.ts';
import { refusals, response } from '../description/responses.ts';
import { readPage } from '../http/pages.ts';
import type { Services } from '../services.ts';

const schema = {
  operationId: 'listContacts',
  tags: ['Contacts'],
  summary: 'List contacts',
  description:
    'Lists the contacts of the account with their stats: each contact once for each list that it is on, the latest ' +
    `sign-up first, and those without a date last. Pages reach ${MOST_LISTED.toLocaleString('en')} contacts, and ` +
    'so does the total. A page beyond is refused: filter by list_number, active or phone_number.',
  security: [{ apiKey: [] }],
  querystring: ContactListQuery,
  requestHeaders: requestHeaders.requestId,
  response: {
    200: response('A page of contacts.', [], { 'application/json': { schema: ContactList, examples: contactLists } }),
    ...refusals(['invalid_parameter', 'page_too_deep']),
  },
};

/** Lists an account's contacts, page by page. */
export const contactListRoutes: FastifyPluginCallbackTypebox<Pick<Services, 'db'>> = (app, { db }, done) => {
  app.get('/contacts', { schema }, async ({ accountId, query }) => {
    const filters = { listNumber: query.list_number, phoneNumber: query.phone_number, isActive: query.active };
    const { rows, pagination } = await readPage(
      query,
      (most) => countContacts(db, { accountId, filters, most }),
      (range) => listContacts(db, { accountId, filters, ...range }),
    );
    return { contacts: rows.map(toListed), pagination };
  });
  done();
};

function toListed(row: ContactRow): ListedContact {
  return {
    id: Number(row.id),
    contact_id: Number(row.contactId),
    phone_number: row.phoneNumber,
    list_number: row.listNumber,
    active: row.isActive,
    signup_date: row.signupDate,
    signup_method: row.signupMethod,
    ip_address: row.ipAddress,
    url: row.url,
    custom_fields: row.customFields ?? {},
    send_count: row.sendCount,
    last_sent_at: row.lastSentAt,
    revenue_total: exactNumber(row.revenueTotal),
    conversion_count: row.conversionCount,
    last_revenue_at: row.lastRevenueAt,
    click_count: 0,
    last_clicked_at: null,
    is_valid: null,
    carrier: null,
    line_type: null,
    timezone: null,
  };
}
