import { describe, expect, test } from 'vitest';

import { adviseOnLimit, assertNewEnough } from './server-check.ts';

test('PostgreSQL 15 and newer is taken, an older one refused with what to do', () => {
  expect(() => assertNewEnough(150_000)).not.toThrow();
  expect(() => assertNewEnough(180_004)).not.toThrow();
  expect(() => assertNewEnough(140_019)).toThrow(
    'PostgreSQL 14 is too old: DATABASE_URL must name PostgreSQL 15 or newer.',
  );
});

describe('the time limit of statements', () => {
  test.for([1, 7_999, 8_000])('%i ms is in force', (limit) => {
    expect(adviseOnLimit(limit, 'trackly')).toEqual([]);
  });

  test.for([0, 8_001, 60_000])('%i ms is none that protects: what to run is said', (limit) => {
    expect(adviseOnLimit(limit, 'the "role"')).toEqual([
      'The pooler in front of PostgreSQL does not pass on our statement timeout: ' +
        `run ALTER ROLE "the ""role""" SET statement_timeout = '8s'.`,
    ]);
  });
});
