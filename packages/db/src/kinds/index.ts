import { kindSpecs, type ImportKind } from '@trackly/contract';

import type { Kind } from './kind.ts';
import { saveRevenueChunk } from './revenue/save-chunk.ts';
import { undoRevenueChunk } from './revenue/undo-chunk.ts';

/** What can be imported. A kind that is added to the contract does not compile until its statements are here. */
export const kinds: { readonly [Name in ImportKind]: Kind<Name> } = {
  revenue: { spec: kindSpecs.revenue, saveChunk: saveRevenueChunk, undoChunk: undoRevenueChunk },
};
