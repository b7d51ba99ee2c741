import { jobName, type JobHandler, type JobHandlers } from '@trackly/queue';

/** Handlers for tests in which chunks are only saved. */
export function savingWith(save: JobHandler): JobHandlers {
  return new Map([[jobName('save', 'revenue'), save]]);
}
