import { Type } from '@sinclair/typebox';

/** How answers in CSV write cells that a spreadsheet would read as a formula. */
export type Formulas = 'raw' | 'escaped';

export const Formulas = Type.Unsafe<Formulas>({
  type: 'string',
  enum: ['raw', 'escaped'],
  default: 'raw',
  description:
    'CSV only. "escaped" puts an apostrophe before text that a spreadsheet would read as a formula: text that begins ' +
    'with =, +, -, @, a tab or a line break, and is no number. "raw" returns all text as it is.',
});
