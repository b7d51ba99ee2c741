import { expect, test } from 'vitest';

import { parseExact } from './exact-json.ts';

test('keeps the digits that a double would lose', () => {
  expect(parseExact('{"result":{"total_revenue":12345678901234.5678,"success_count":2}}', 'total_revenue')).toEqual({
    result: { total_revenue: '12345678901234.5678', success_count: 2 },
  });
});

test('is undefined for what is not JSON', () => {
  expect(parseExact('<html>', 'total_revenue')).toBeUndefined();
});
