import { JsonNumber } from '../files/json/number.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import type { MappingOptions } from './mapping-options.ts';
import { simplify } from './nearest.ts';

/**
 * The names under which the columns of a field are collected in its object; undefined if the field has one column with the
 * whole object. `--map custom_fields=First Name+plan` collects two under their own names, `--map custom_fields=plan+` one.
 * A column that is collected unasked, such as `First Name`, has the usual name, `first_name`.
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
  const usual = new Map(collects.map((name) => [simplify(name), name]));
  const isCollected = columns.length > 1 || isMapped || (mapped === undefined && usual.has(simplify(first)));
  if (!isCollected) return undefined;
  return typeof mapped === 'string' ? columns : columns.map((column) => usual.get(simplify(column)) ?? column);
}

/** Creates a converter that makes an object of values by the given names. Blank ones are left out. */
export function createCollector(names: readonly string[]): (values: readonly unknown[]) => object {
  return (values) =>
    Object.fromEntries(
      names.flatMap((name, index) => {
        const value = values[index];
        const isBlank = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
        // As text, because the number would lose digits.
        return isBlank ? [] : [[name, value instanceof JsonNumber ? value.text : value]];
      }),
    );
}
