import type pg from 'pg';

import { addAccount, addContacts, addMessages, addOffers, GONE_CONTACT, type TestAccount } from '../support/catalog.ts';
import type { ModelCatalog } from './revenue-model.ts';

/** Adds an account that has what a model has. */
export async function addModelCatalog(
  sql: pg.Pool,
  catalog: ModelCatalog,
): Promise<{ account: TestAccount; contacts: string[] }> {
  const account = await addAccount(sql);
  const contacts = await addContacts(sql, account, catalog.contactCount);
  const messages = catalog.messages.map(({ id, contact }) => ({
    id,
    listContactId: contacts[contact ?? -1] ?? GONE_CONTACT,
  }));
  await addMessages(sql, account, messages);
  await addOffers(sql, account, catalog.offers);
  return { account, contacts };
}
