import type pg from 'pg';

import { addAccount, addContacts, addMessages, addOffers, GONE_CONTACT, type TestAccount } from '../support/catalog.ts';

/** An account with what its records refer to. */
export interface Account extends TestAccount {
  /** A message for each contact. */
  messages: { id: string; contactId: string }[];
  /** A message whose contact is gone: what refers to it cannot be saved. */
  orphan: string;
  offers: string[];
  /** Text that must not reach a log. */
  secrets: string[];
}

export interface CatalogSize {
  contacts: number;
  offers: number;
}

/** Adds an account with as many contacts, each reached by a message, and offers. */
export async function addCatalog(sql: pg.Pool, { contacts, offers }: CatalogSize): Promise<Account> {
  const account = await addAccount(sql);
  const contactIds = await addContacts(sql, account, contacts);
  const prefix = `msg-of-${account.id}-`;
  const messages = contactIds.map((contactId, index) => ({ id: `${prefix}${index}`, contactId }));
  const orphan = `${prefix}orphan`;
  await addMessages(sql, account, [
    ...messages.map((message) => ({ id: message.id, listContactId: message.contactId })),
    { id: orphan, listContactId: GONE_CONTACT },
  ]);
  const offerIds = Array.from({ length: offers }, (_, index) => `offer-${index}`);
  await addOffers(
    sql,
    account,
    offerIds.map((id) => ({ id })),
  );
  return { ...account, messages, orphan, offers: offerIds, secrets: [account.apiKey, '+1555', prefix] };
}
