import { addAccount, addContacts, addMessages, addOffers } from '../support/catalog.ts';
import type pg from 'pg';

/** A message id of no contact: what refers to it cannot be saved. */
const GONE_CONTACT = '999999999';

/** An account with what its records refer to. */
export interface Account {
  id: string;
  apiKey: string;
  /** A message for each contact. */
  messages: { id: string; contactId: string }[];
  /** A message whose contact is gone. */
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
  const { id, apiKey } = await addAccount(sql);
  const contactIds = await addContacts(sql, { id, apiKey }, contacts);
  const prefix = `msg-of-${id}-`;
  const messages = contactIds.map((contactId, index) => ({ id: `${prefix}${index}`, contactId }));
  const orphan = `${prefix}orphan`;
  await addMessages(sql, { id, apiKey }, [
    ...messages.map((message) => ({ id: message.id, listContactId: message.contactId })),
    { id: orphan, listContactId: GONE_CONTACT },
  ]);
  const offerIds = Array.from({ length: offers }, (_, index) => `offer-${index}`);
  await addOffers(
    sql,
    { id, apiKey },
    offerIds.map((offer) => ({ id: offer })),
  );
  return { id, apiKey, messages, orphan, offers: offerIds, secrets: [apiKey, '+1555', prefix] };
}
