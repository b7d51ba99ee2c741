import type { ApiKinds } from './api-kind.ts';
import { contactsKind } from './contacts.ts';
import { offersKind } from './offers.ts';
import { revenueKind } from './revenue.ts';
import { sendsKind } from './sends.ts';

/** The kinds that can be imported. Does not compile if the contract has a kind that is missing here. */
export const apiKinds: ApiKinds = {
  revenue: revenueKind,
  contacts: contactsKind,
  offers: offersKind,
  sends: sendsKind,
};
