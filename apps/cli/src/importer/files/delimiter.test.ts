import { expect, test } from 'vitest';

import { findDelimiter } from './delimiter.ts';

test.each([
  ['a,b,c\n', ','],
  ['a;b;c\n1,5;2,5;3,5\n', ';'],
  ['a\tb\n', '\t'],
  ['\ta\n', '\t'],
  ['"a"\t"b"\n', '\t'],
  ['a|b|c,d\r\n', '|'],
  ['"a;b;c",d\n', ','],
  ['"Revenue, EUR";"Cost, EUR"\r', ';'],
  ['Revenue, net;Cost\n', ';'],
  ['a "x;y", b, c\n', ','],
  ['"say ""a,b,c""";d\n', ';'],
  ['"a,\nb,";c\n', ';'],
  ['\r\n  \n\na;b\n', ';'],
  ['größe;名前\n', ';'],
  ['one\n1,2,3\n', ','],
])('of %j it is %j', (beginning, delimiter) => {
  expect(findDelimiter(beginning)).toBe(delimiter);
});

test.each(['', '\n\n', 'a,b', '"a\n', 'a,"b\nc'])('%j ends within the header', (beginning) => {
  expect(findDelimiter(beginning)).toBeUndefined();
});
