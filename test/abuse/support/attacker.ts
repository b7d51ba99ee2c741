import type { Attack, AttackCounters } from '../attacker/attack.ts';
import { startHelper } from './helper.ts';

/** An attack under way, from a process of its own. */
export interface Attacker extends AsyncDisposable {
  /** @returns what came of each part of the attack */
  stop(): Promise<AttackCounters[]>;
}

/** Starts attacks, all at once. */
export async function startAttacker(attacks: readonly Attack[]): Promise<Attacker> {
  const helper = await startHelper(new URL('../attacker/process.ts', import.meta.url));
  await helper.order(attacks);
  return {
    stop: () => helper.order<AttackCounters[]>('stop'),
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
