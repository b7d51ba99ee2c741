import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { toCsvRows } from './csv.ts';

const cellOf = (text: string) => parse(toCsvRows([[text, 'end']], 'escaped')).flat()[0];

describe('formulas in CSV', () => {
  test.each([
    '=1+1',
    '+cmd|x!A1',
    '-1+1',
    '-5-',
    '--5',
    '+1e',
    '@SUM(A1)',
    '\t=1',
    '\tx',
    '\rx',
    '\nx',
    ' =1',
    '\u00A0=1',
    '＝1',
    '-',
    '+',
  ])('get an apostrophe: %j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  test.each(['-5', '+5', '-0.5', '-.5', '-5.', '+15551000001', '-1e-9', '', 'a=1', "'=1", '{"a":"=1"}', ' a', '5'])(
    'are not numbers and other text: %j',
    (text) => {
      expect(cellOf(text)).toBe(text);
    },
  );

  test('stay as they are unless they are to be escaped, and nothing else changes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }).map((text) => text.toWellFormed())), (row) => {
        const cells = [...row, '=1', 'end'];
        expect(parse(toCsvRows([cells], 'raw'))).toEqual([cells]);
        const escaped = parse(toCsvRows([cells], 'escaped')).flat();
        const isApart = (cell: string, index: number) => cell === escaped[index] || `'${cell}` === escaped[index];
        expect(cells.every(isApart)).toBe(true);
        expect(escaped.slice(-2)).toEqual(["'=1", 'end']);
      }),
    );
  });
});
