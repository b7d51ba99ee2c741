import type { Formulas } from '@trackly/contract';
import { stringify } from 'csv-stringify/sync';

type Cell = string | number | null | undefined;

/** Spreadsheets leave out blanks before a formula, and in some languages take wide characters for the usual ones. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Formats rows as CSV.
 *
 * @param formulas whether to put an apostrophe before text that a spreadsheet would read as a formula. Then the cell is
 *   not the exact text any more
 */
export function toCsvRows(rows: readonly (readonly Cell[])[], formulas: Formulas): string {
  return stringify(formulas === 'raw' ? [...rows] : rows.map((row) => row.map(escapeFormula)));
}

function escapeFormula(cell: Cell): Cell {
  return typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
