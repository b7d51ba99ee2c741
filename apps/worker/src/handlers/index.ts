import type { JobHandlers } from '@trackly/queue';

import { saveRevenueChunkHandler, type HandlerOptions } from './save-revenue-chunk.ts';
import { tryRevenueChunkHandler } from './try-revenue-chunk.ts';
import { undoRevenueChunkHandler, type UndoHandlerOptions } from './undo-revenue-chunk.ts';

/** What a worker does for each kind of job. */
export function createHandlers(options: HandlerOptions & UndoHandlerOptions): JobHandlers {
  return {
    'save-revenue-chunk': saveRevenueChunkHandler(options),
    'try-revenue-chunk': tryRevenueChunkHandler(options),
    'undo-revenue-chunk': undoRevenueChunkHandler(options),
  };
}
