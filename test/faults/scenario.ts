import type { Figures } from '../lab/turn.ts';
import type { QueueBackend } from '../lab/servers.ts';
import type { Stage } from './support/stage.ts';

export type { Figures };

/** One kind of trouble, made on purpose, and what must hold all the same. */
export interface Scenario {
  name: string;
  /** What must hold. */
  bound: string;
  /** Where the queue must be kept for the trouble to make sense; unset: it is made on every backend. */
  queues?: readonly QueueBackend[];
  /** Whether it takes another version of the product. */
  needsOldVersion?: boolean;
  /** Whether no other may run meanwhile: it measures how long something takes, or that nothing is refused. */
  runsAlone?: boolean;
  /** Makes the trouble, in a short form unless `stage.long`. Throws when the bound is broken. */
  run(stage: Stage): Promise<Figures>;
}
