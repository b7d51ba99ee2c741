import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Pace } from './pace.ts';

/** A service that works on `capacity` requests at a time, each for 100 ms; the others wait. */
function answerMs(requests: number, capacity: number): number {
  return 100 * Math.max(1, requests / capacity);
}

function run(pace: Pace, answers: number, capacity: number): void {
  for (let answer = 0; answer < answers; answer += 1) pace.answered(answerMs(pace.limit, capacity));
}

test.each([6, 10, 20])('finds a service that works on %i requests at a time, and overfills it little', (capacity) => {
  const pace = new Pace(64);
  run(pace, 2000, capacity);
  expect(pace.limit).toBeGreaterThanOrEqual(capacity);
  expect(pace.limit).toBeLessThanOrEqual(capacity + 5);
});

test('goes up to what is allowed while answers come as fast as ever', () => {
  const pace = new Pace(16);
  run(pace, 1000, 1000);
  expect(pace.limit).toBe(16);
});

test('halves once for all refusals of a moment, and again when they go on', () => {
  const pace = new Pace(32);
  run(pace, 5000, 1000);
  pace.refused();
  pace.refused();
  expect(pace.limit).toBe(16);
  run(pace, 16, 1000);
  pace.refused();
  expect(pace.limit).toBe(8);
});

test('comes down when the service gets slower, and up again', () => {
  const pace = new Pace(64);
  run(pace, 5000, 30);
  expect(pace.limit).toBeGreaterThanOrEqual(30);
  run(pace, 5000, 5);
  expect(pace.limit).toBeLessThanOrEqual(10);
  run(pace, 5000, 30);
  expect(pace.limit).toBeGreaterThanOrEqual(30);
});

test('whatever happens, there is one request, and never more than allowed', () => {
  const events = fc.array(fc.oneof(fc.constant('refused' as const), fc.double({ min: 0.1, max: 60_000, noNaN: true })));
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 64 }), (happenings, most) => {
      const pace = new Pace(most);
      for (const event of happenings) {
        if (event === 'refused') pace.refused();
        else pace.answered(event);
        expect(pace.limit).toBeGreaterThanOrEqual(1);
        expect(pace.limit).toBeLessThanOrEqual(most);
      }
    }),
  );
});
