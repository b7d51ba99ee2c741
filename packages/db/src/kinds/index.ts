import { kindSpecs, type ImportKind } from '@trackly/contract';

import type { TableRights } from '../rights.ts';
import { countContactsDrift } from './contacts/count-drift.ts';
import { contactsFunctions, contactsRights } from './contacts/rights.ts';
import { saveContactsChunk } from './contacts/save-chunk.ts';
import { undoContactsChunk } from './contacts/undo-chunk.ts';
import type { Kind } from './kind.ts';
import { countRevenueDrift } from './revenue/count-drift.ts';
import { countOffersDrift } from './offers/count-drift.ts';
import { offersFunctions, offersRights } from './offers/rights.ts';
import { saveOffersChunk } from './offers/save-chunk.ts';
import { undoOffersImport } from './offers/undo-chunk.ts';
import { countRevenueNotices } from './revenue/count-notices.ts';
import { revenueRights } from './revenue/rights.ts';
import { saveFittingRevenue, saveRevenueChunk } from './revenue/save-chunk.ts';
import { undoRevenueChunk } from './revenue/undo-chunk.ts';
import { countSendsDrift } from './sends/count-drift.ts';
import { sendsFunctions, sendsRights } from './sends/rights.ts';
import { saveFittingSends, saveSendsChunk } from './sends/save-chunk.ts';
import { undoSendsChunk } from './sends/undo-chunk.ts';

/** The kinds that can be imported. Does not compile if the contract has a kind that is missing here. */
export const kinds: { readonly [Name in ImportKind]: Kind<Name> } = {
  revenue: {
    spec: kindSpecs.revenue,
    saveChunk: saveRevenueChunk,
    saveFitting: saveFittingRevenue,
    countNotices: countRevenueNotices,
    countDrift: countRevenueDrift,
    undoChunk: undoRevenueChunk,
  },
  contacts: {
    spec: kindSpecs.contacts,
    saveChunk: saveContactsChunk,
    countDrift: countContactsDrift,
    undoChunk: undoContactsChunk,
  },
  sends: {
    spec: kindSpecs.sends,
    saveChunk: saveSendsChunk,
    saveFitting: saveFittingSends,
    countDrift: countSendsDrift,
    undoChunk: undoSendsChunk,
  },
  offers: {
    spec: kindSpecs.offers,
    saveChunk: saveOffersChunk,
    countDrift: countOffersDrift,
    undoChunk: undoOffersImport,
  },
};

/** What the statements of each kind do with its tables. */
export const kindRights: { readonly [Name in ImportKind]: TableRights } = {
  revenue: revenueRights,
  contacts: contactsRights,
  offers: offersRights,
  sends: sendsRights,
};

/** The functions that the statements of kinds call. */
export const kindFunctions: readonly string[] = [...contactsFunctions, ...offersFunctions, ...sendsFunctions];
