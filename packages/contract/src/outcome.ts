import type { RevenueOutcome } from './revenue/response.ts';

/** What became of an import that is not being processed any more. */
export type ImportOutcome = ({ status: 'completed' } & RevenueOutcome) | { status: 'undoing' | 'undone' };
