import type { Scenario } from '../scenario.ts';
import { replaceUnderLoad } from '../support/replace.ts';

const ROUNDS = { short: 1, long: 10 };

/** Two APIs and two workers are told to end, one at a time, and replaced, under load. */
export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  bound: 'no request fails, drift 0; every process ends by itself, with 0, within 30 s',
  runsAlone: true,

  async run(stage) {
    const startApi = () => stage.startApi();
    const startWorker = () => stage.startWorker();
    const rounds = stage.long ? ROUNDS.long : ROUNDS.short;
    return replaceUnderLoad(
      stage,
      Array.from({ length: 1 + rounds }, () => [startApi, startApi, startWorker, startWorker]),
    );
  },
};
