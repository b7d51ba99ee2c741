import { EventEmitter } from 'node:events';
import { setImmediate as nextRound } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Turns } from './turns.ts';

const FOR_EVER_MS = 2 ** 31 - 1;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Takes turns, and remembers in which order they begin. */
function turnsOf(options: { atOnce: number; atOnceEach: number; waitingEach?: number; patienceMs?: number }) {
  const turns = new Turns({ waitingEach: 9, patienceMs: FOR_EVER_MS, ...options });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (requester: string, name: string, { response = new EventEmitter(), ms = 0 } = {}) => {
    const taking = async () => {
      const end = await turns.take(requester, response);
      begun.push(name);
      if (ms > 0) vi.advanceTimersByTime(ms);
      ends.set(name, end);
    };
    const taken = taking();
    taken.catch(() => undefined);
    return { taking: taken, response };
  };
  return { take, begun, end: (name: string) => ends.get(name)?.() };
}

/** Long enough for all turns to begin that can. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round += 1) await nextRound();
}

test('a requester waits for itself, and others pass', async () => {
  const { take, begun, end } = turnsOf({ atOnce: 3, atOnceEach: 2 });
  for (const name of ['a1', 'a2', 'a3', 'a4']) take('a', name);
  take('b', 'b1');
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  end('a1');
  end('a1');
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
});

test('requesters are served in rotation', async () => {
  const { take, begun, end } = turnsOf({ atOnce: 1, atOnceEach: 1 });
  for (const name of ['a1', 'a2', 'a3']) take('a', name);
  for (const name of ['b1', 'b2']) take('b', name);
  take('c', 'c1');
  for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) {
    await settle();
    expect(begun.at(-1)).toBe(name);
    end(name);
  }
});

test('one turn begins in each round of the event loop', async () => {
  const { take, begun } = turnsOf({ atOnce: 9, atOnceEach: 9 });
  for (const name of ['a1', 'a2', 'a3']) take('a', name);
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  expect(begun).toEqual(['a1']);
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'a3']);
});

test('a requester whose turn takes long to compute rests while others wait', async () => {
  const { take, begun, end } = turnsOf({ atOnce: 1, atOnceEach: 1 });
  take('a', 'a1', { ms: 50 });
  take('a', 'a2');
  for (const name of ['b1', 'b2']) take('b', name);
  for (const name of ['a1', 'b1', 'b2', 'a2']) {
    await settle();
    expect(begun.at(-1)).toBe(name);
    end(name);
  }
});

test('a rest ends', async () => {
  const { take, begun } = turnsOf({ atOnce: 3, atOnceEach: 2 });
  take('a', 'a1', { ms: 50 });
  take('a', 'a2');
  take('b', 'b1');
  await settle();
  vi.advanceTimersByTime(49);
  await settle();
  expect(begun).toEqual(['a1', 'b1']);
  vi.advanceTimersByTime(1);
  await settle();
  expect(begun).toEqual(['a1', 'b1', 'a2']);
});

test('a request whose client has gone no longer waits', async () => {
  const { take, begun, end } = turnsOf({ atOnce: 1, atOnceEach: 1 });
  take('a', 'a1');
  const { taking, response } = take('a', 'a2');
  take('a', 'a3');
  await settle();
  response.emit('close');
  await expect(taking).rejects.toMatchObject({ code: 'malformed_request' });
  expect(response.listenerCount('close')).toBe(0);
  end('a1');
  await settle();
  expect(begun).toEqual(['a1', 'a3']);
});

test('a requester that has too many requests waiting is refused more, and others are not', async () => {
  const { take } = turnsOf({ atOnce: 1, atOnceEach: 1, waitingEach: 1 });
  take('a', 'a1');
  take('a', 'a2');
  await expect(take('a', 'a3').taking).rejects.toMatchObject({ code: 'too_many_requests' });
  take('b', 'b1');
  await expect(take('b', 'b2').taking).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('who waits too long is told who is to blame', async () => {
  const { take, end, begun } = turnsOf({ atOnce: 1, atOnceEach: 1, patienceMs: 1 });
  take('a', 'a1');
  await settle();
  const { taking } = take('a', 'a2');
  const { taking: alsoTaking } = take('b', 'b1');
  vi.advanceTimersByTime(1);
  await expect(taking).rejects.toMatchObject({ code: 'too_many_requests' });
  await expect(alsoTaking).rejects.toMatchObject({ code: 'overloaded' });
  end('a1');
  take('b', 'b2');
  await settle();
  expect(begun).toEqual(['a1', 'b2']);
});
