import type { CompletedImport } from './result.ts';

/** What became of an import that is not being processed any more. */
export type ImportOutcome = ({ status: 'completed' } & CompletedImport) | { status: 'undoing' | 'undone' };
