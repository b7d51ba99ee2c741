import type { Scenario } from '../scenario.ts';
import { replaceUnderLoad, type Start } from '../support/replace.ts';

/**
 * Another version, which has the same migrations, is upgraded to this one and rolled back to, one process at a time, on one
 * queue, under load.
 */
export const upgrade: Scenario = {
  name: 'upgrade',
  bound:
    'no request fails, drift 0, with old and new versions side by side; needs --old, a version with the same migrations',
  needsOldVersion: true,
  runsAlone: true,

  async run(stage) {
    // In between, old and new APIs give work to old and new workers.
    const generation = (folder?: string): Start[] => {
      const startApi = () => stage.startApi({}, folder);
      const startWorker = () => stage.startWorker({}, folder);
      return [startWorker, startApi, startWorker, startApi];
    };
    const [old, current] = [generation(stage.oldVersion), generation()];
    return replaceUnderLoad(stage, [old, current, old]);
  },
};
