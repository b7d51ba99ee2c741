import type { CompletedImport } from './result.ts';

/** The outcome of an import that is no longer processing. */
export type ImportOutcome =
  | ({
      status: 'completed';
      /** Whether it is being undone, and the undo may still be refused. */
      isUndoing?: true;
    } & CompletedImport)
  | { status: 'undoing' | 'undone' };
