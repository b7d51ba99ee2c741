import type { JobHandlers } from '@trackly/queue';

async function refuse(): Promise<never> {
  throw new Error('Nothing of this kind is expected here.');
}

/** Handlers for tests in which chunks are only saved. */
export function savingWith(save: JobHandlers['save-revenue-chunk']): JobHandlers {
  return { 'save-revenue-chunk': save, 'try-revenue-chunk': refuse, 'undo-revenue-chunk': refuse };
}
