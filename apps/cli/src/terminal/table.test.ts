import { expect, test } from 'vitest';

import { formatTable } from './table.ts';

test('columns are as wide as their widest cell', () => {
  expect(formatTable(['A', 'LONG'], [['wide', 'x']])).toBe('A     LONG\nwide  x');
});
