import { peek } from '../files/peek.ts';
import type { Input, Row } from '../files/input.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import { diagnose, ROWS_TO_DIAGNOSE } from '../mapping/diagnose.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { findWrongUnit } from '../mapping/plausible-times.ts';

/**
 * Looks at the first rows, before any row is sent.
 *
 * @returns all rows, the first ones included
 * @throws CommandError with the option to use, if the options are wrong for the whole file
 */
export async function checkBeginning(
  kind: FileFields,
  options: MappingOptions,
  input: Input,
  mapping: Mapping,
): Promise<AsyncIterable<Row>> {
  const isWanted = ({ fields }: Row) => mapping.isWanted(fields);
  const { head, items } = await peek(input.rows, (read) => read.length >= ROWS_TO_DIAGNOSE);
  const rows = head.filter(isWanted);
  const isWhole = head.length < ROWS_TO_DIAGNOSE;
  const mistake =
    diagnose(kind, options, input, rows, isWhole) ?? findWrongUnit(kind, options, input, rows, Date.now());
  if (mistake) throw mistake;
  return items;
}
