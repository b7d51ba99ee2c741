import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { createContent } from './content.ts';

const content = createContent(fileKinds.revenue);
const contentOf = (record: Record<string, unknown>) => content(record).text;
const record = { message_id: 'm', offer_id: 'o', revenue: '12.5', timestamp: '2024-01-05T00:00:00Z' };

test.each([
  [{ revenue: '12.50' }],
  [{ revenue: '012.500' }],
  [{ revenue: 12.5 }],
  [{ timestamp: '2024-01-05' }],
  [{ timestamp: '2024-01-05T00:00' }],
  [{ timestamp: '2024-01-05T00:00:00' }],
  [{ timestamp: '2024-01-05T00:00:00.000Z' }],
  [{ timestamp: '2024-01-05T01:00:00+01:00' }],
])('a record with %j is the same', (change) => {
  expect(contentOf({ ...record, ...change })).toBe(contentOf(record));
});

test.each([
  [{ revenue: '125' }],
  [{ revenue: '12.05' }],
  [{ timestamp: '2024-01-05T00:00:00.010Z' }],
  [{ timestamp: '2024-01-05T00:00:01Z' }],
  [{ timestamp: '2024-01-05T00:00:00+01:00' }],
  [{ message_id: '12.50' }],
  [{ payout: '12.5' }],
])('a record with %j is another', (change) => {
  expect(contentOf({ ...record, ...change })).not.toBe(contentOf(record));
});

test('whole amounts have no point, and zeros before the point count', () => {
  const amount = (revenue: unknown) => contentOf({ revenue });
  expect(new Set(['3', '3.00', '03', 3].map(amount)).size).toBe(1);
  expect(new Set(['0', '0.0', '00', 0].map(amount)).size).toBe(1);
  expect(new Set(['30', '3', '300', '0.3', '0.03'].map(amount)).size).toBe(5);
});
