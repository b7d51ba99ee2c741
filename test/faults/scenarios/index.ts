import type { Scenario } from '../scenario.ts';
import { apiKilled } from './api-killed.ts';
import { apiStall } from './api-stall.ts';
import { droppedResponses } from './dropped-responses.ts';
import { ending } from './ending.ts';
import { floods } from './flood.ts';
import { fuzz } from './fuzz.ts';
import { importerKills } from './importer-kills.ts';
import { killedAfter200 } from './killed-after-200.ts';
import { networkStall } from './network-stall.ts';
import { overload } from './overload.ts';
import { postgresRestarts } from './postgres-restarts.ts';
import { redisTrouble } from './redis-trouble.ts';
import { rollingRestart } from './rolling-restart.ts';
import { sameRequestAtOnce } from './same-request-at-once.ts';
import { saveErrors } from './save-errors.ts';
import { undo } from './undo.ts';
import { upgrade } from './upgrade.ts';
import { workerKills } from './worker-kills.ts';

/** All scenarios, in the order in which they run: those that take longest first, so that no lane waits for another's. */
export const scenarios: readonly Scenario[] = [
  workerKills,
  killedAfter200,
  redisTrouble,
  undo,
  importerKills,
  ending,
  postgresRestarts,
  apiStall,
  apiKilled,
  sameRequestAtOnce,
  droppedResponses,
  saveErrors,
  networkStall,
  rollingRestart,
  upgrade,
  ...floods,
  overload,
  fuzz,
];
