import { kindSpecs, type ImportKind } from '@trackly/contract';

import type { TableRights } from '../rights.ts';
import type { Kind } from './kind.ts';
import { countRevenueNotices } from './revenue/count-notices.ts';
import { revenueRights } from './revenue/rights.ts';
import { saveFittingRevenue, saveRevenueChunk } from './revenue/save-chunk.ts';
import { undoRevenueChunk } from './revenue/undo-chunk.ts';

/** The kinds that can be imported. Does not compile if the contract has a kind that is missing here. */
export const kinds: { readonly [Name in ImportKind]: Kind<Name> } = {
  revenue: {
    spec: kindSpecs.revenue,
    saveChunk: saveRevenueChunk,
    saveFitting: saveFittingRevenue,
    countNotices: countRevenueNotices,
    undoChunk: undoRevenueChunk,
  },
};

/** What the statements of each kind do with its tables. */
export const kindRights: { readonly [Name in ImportKind]: TableRights } = {
  revenue: revenueRights,
};
