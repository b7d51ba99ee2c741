import { expect, test } from 'vitest';

import { arrayLiteral } from './array-literal.ts';

test.for([
  [[], '{}'],
  [['a', 'NULL', ''], '{"a","NULL",""}'],
  [[null, 'a'], '{NULL,"a"}'],
  [[1, 0.0001, 9_999_999_999.9999], '{1,0.0001,9999999999.9999}'],
  [[true, false, null], '{true,false,NULL}'],
  [['{,}', ' a '], '{"{,}"," a "}'],
  [['"', '\\', '\\"'], String.raw`{"\"","\\","\\\""}`],
] as const)('writes %j', ([values, literal]) => {
  expect(arrayLiteral(values)).toBe(literal);
});
