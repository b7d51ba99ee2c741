import type { CompletedImport } from './result.ts';

/** The outcome of an import that is no longer processing. */
export type ImportOutcome = ({ status: 'completed' } & CompletedImport) | { status: 'undoing' | 'undone' };
