import type { Scenario } from '../scenario.ts';
import { costlyBodies } from './costly-bodies.ts';
import { keptBytes } from './kept-bytes.ts';
import { reads } from './reads.ts';
import { reports } from './reports.ts';
import { stalledAnswers } from './stalled-answers.ts';
import { tricklingBodies } from './trickling-bodies.ts';
import { unreadAnswers } from './unread-answers.ts';
import { unreadDescription } from './unread-description.ts';
import { fewWrongKeys, strangers, wrongKeys } from './wrong-keys.ts';

/** All scenarios, in the order in which they run. */
export const scenarios: readonly Scenario[] = [
  unreadAnswers,
  unreadDescription,
  stalledAnswers,
  keptBytes,
  tricklingBodies,
  wrongKeys,
  fewWrongKeys,
  strangers,
  reports,
  costlyBodies,
  reads,
];
