import type { Kind } from '@trackly/db';
import { jobName, type JobHandlers } from '@trackly/queue';

import { saveChunkHandler, type HandlerOptions } from './save-chunk.ts';
import { tryChunkHandler } from './try-chunk.ts';
import { undoChunkHandler, type UndoHandlerOptions } from './undo-chunk.ts';

/** Creates the handlers of all jobs: one for each task and kind of import. */
export function createHandlers(
  kinds: readonly Kind<string>[],
  options: HandlerOptions & UndoHandlerOptions,
): JobHandlers {
  return new Map(
    kinds.flatMap((kind) => [
      [jobName('save', kind.spec.name), saveChunkHandler(kind, options)],
      [jobName('try', kind.spec.name), tryChunkHandler(kind, options)],
      [jobName('undo', kind.spec.name), undoChunkHandler(kind, options)],
    ]),
  );
}
