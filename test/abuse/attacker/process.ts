import { setPriority } from 'node:os';

import { answerOrder, takeOrders } from '../support/orders.ts';
import type { Attack, AttackCounters } from './attack.ts';
import { keepAttacking } from './connection.ts';

// Attacks when it is told to, until it is told to stop; then says what came of each attack.

/** It stands for somebody else's machine: where processors are short, it comes last. */
setPriority(10);

const over = new AbortController();
let startedAt = 0;
let counters: AttackCounters[] = [];

process.on('message', (order: readonly Attack[] | 'stop') => answerOrder(order === 'stop' ? stop() : start(order)));
takeOrders();

async function start(attacks: readonly Attack[]): Promise<void> {
  startedAt = performance.now();
  counters = attacks.map((attack) => {
    const own = { connections: 0, requests: 0, answers: {}, cuts: 0, seconds: 0 };
    for (let turn = 0; turn < attack.connections; turn += 1) keepAttacking(attack, turn, own, over.signal);
    return own;
  });
}

async function stop(): Promise<AttackCounters[]> {
  over.abort();
  const seconds = (performance.now() - startedAt) / 1000;
  return counters.map((each) => ({ ...each, seconds }));
}
