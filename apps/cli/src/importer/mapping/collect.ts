import { JsonNumber } from '../files/json/number.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import type { MappingOptions } from './mapping-options.ts';

/**
 * The columns that are collected in the object of a field, each under its own name; undefined if the field has one column
 * with the whole object. `--map custom_fields=first_name+plan` collects two, `--map custom_fields=plan+` one.
 */
export function collectedIn(
  { fields }: FileFields,
  field: string,
  columns: readonly string[],
  { map }: Pick<MappingOptions, 'map'>,
): readonly string[] | undefined {
  const { type, collects = [] } = fields[field] ?? {};
  if (type !== 'json') return undefined;
  const [first = ''] = columns;
  const mapped = map[field];
  const isMapped = typeof mapped === 'string' && mapped !== first && mapped.includes('+');
  const isCollected = columns.length > 1 || isMapped || (mapped === undefined && collects.includes(first));
  return isCollected ? columns : undefined;
}

/** Creates a converter that makes an object of values by the names of their columns. Blank ones are left out. */
export function createCollector(columns: readonly string[]): (values: readonly unknown[]) => object {
  return (values) =>
    Object.fromEntries(
      columns.flatMap((column, index) => {
        const value = values[index];
        const isBlank = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
        // As text, because the number would lose digits.
        return isBlank ? [] : [[column, value instanceof JsonNumber ? value.text : value]];
      }),
    );
}
