import type { QueueBackend } from '../lab/servers.ts';
import type { Account } from '../lab/catalog.ts';
import type { HttpProcess } from '../lab/product.ts';
import type { Attack } from './attacker/attack.ts';
import type { Habits } from './support/good-client.ts';
import type { Outcome } from './support/judge.ts';
import type { Stage } from './support/stage.ts';

/** A kind of attack, which a good client must not notice. */
export interface Scenario {
  name: string;
  /** What the attackers do. */
  attack: string;
  /** What must hold besides what always must. */
  bound?: string;
  /** Where the queue is kept in the short form; in the long form it is kept everywhere. None: it has no short form. */
  shortOn: readonly QueueBackend[];
  /** How long the attack lasts in each form. */
  lastsMs: { short: number; long: number };
  /** Of API and worker. */
  settings?: Record<string, string>;
  /** Prepares what the attack needs. */
  prepare: (site: Site) => Promise<Plan>;
}

/** Where an attack happens. */
export interface Site {
  stage: Stage;
  api: HttpProcess;
  /** Adds an account whose key the attackers have. */
  addAttackersAccount: () => Promise<Account>;
  /** Where attackers' connections go to, and come from. */
  line: Pick<Attack, 'port' | 'localAddress'>;
}

export interface Plan {
  /** All at the same time. */
  attacks: Attack[];
  good?: Habits;
  /** Called when the attack begins. Looks at something until it is over. */
  watch?: (attack: AttackUnderWay) => Promise<Outcome>;
}

export interface AttackUnderWay {
  over: AbortSignal;
  /** How many imports the good client has completed so far. */
  countGoodImports: () => number;
}
