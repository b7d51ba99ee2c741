import { CommandError } from '../../terminal/command-error.ts';
import { quoteArgument } from '../../terminal/quote-argument.ts';
import { shortList } from '../../terminal/short-list.ts';
import type { Input } from '../files/input.ts';
import { requiredFields, type FileFields } from '../kinds/file-fields.ts';
import { nearest, simplify } from './nearest.ts';
import type { MappingOptions } from './mapping-options.ts';
import { listed, quote } from './text.ts';

/** The name of a file, for messages, and its columns. */
export type FileColumns = Pick<Input, 'name' | 'columns' | 'hint'>;

/** The columns that each field comes from: one, or the factors of a product. */
export type Sources = ReadonlyMap<string, readonly string[]>;

/**
 * Finds the columns of every field: those that it is mapped to, otherwise the one of its own name. An optional field
 * without a column has its own name as its source, because a later record of NDJSON may have it.
 *
 * @throws CommandError naming all required fields without a column, a field that must be given, or the column that does
 *   not exist or occurs twice
 */
export function findSources(kind: FileFields, options: MappingOptions, input: FileColumns): Sources {
  const found = Object.keys(kind.fields).map((field) => [field, findColumns(kind, field, options, input)] as const);
  const absent = found.filter(([field, columns]) => !columns && options.default[field] === undefined);
  const isAbsent = (field: string) => absent.some(([name]) => name === field);
  const missing = requiredFields(kind).filter((field) => {
    const { alternative } = kind.fields[field] ?? {};
    return isAbsent(field) && (alternative === undefined || isAbsent(alternative));
  });
  if (missing.length > 0) {
    const used = found.flatMap(([, columns]) => columns ?? []);
    throw new CommandError(describeMissing(kind, missing, used, input));
  }
  const notGiven = absent.find(([field]) => kind.fields[field]?.mustBeGiven);
  if (notGiven) throw new CommandError(describeNotGiven(notGiven[0], input));
  return new Map(found.map(([field, columns]) => [field, columns ?? [field]]));
}

function findColumns(
  kind: FileFields,
  field: string,
  options: MappingOptions,
  input: FileColumns,
): readonly string[] | undefined {
  const mapped = options.map[field];
  const columns =
    typeof mapped === 'string'
      ? findMapped(kind, field, mapped, input)
      : (findNamed([...(mapped ?? []), field], input) ?? findOther(kind, field, input));
  const twice = columns?.find((column) => input.columns.indexOf(column) !== input.columns.lastIndexOf(column));
  if (twice === undefined) return columns;
  throw new CommandError(
    `${input.name} has the column ${twice} twice, but ${field} is read from it: rename one of the two.`,
  );
}

/**
 * Finds the columns of a field that has none of its own name: one of another usual name, or those that it collects.
 *
 * @throws CommandError if it may be one of several
 */
function findOther({ fields }: FileFields, field: string, input: FileColumns): readonly string[] | undefined {
  const { alsoCalled = [], collects = [] } = fields[field] ?? {};
  const named = alsoCalled.flatMap((name) => findNamed([name], input) ?? []);
  const [column, other] = new Set(named);
  if (column !== undefined && other !== undefined) {
    throw new CommandError(
      `${input.name} has the columns ${listed([...new Set(named)])}, and ${field} may be any of them: choose one with ` +
        `--map ${quoteArgument(`${field}=${column}`)}.`,
    );
  }
  if (column !== undefined) return [column];
  // A nested object has the field itself.
  if (input.columns.some((name) => name.startsWith(`${field}.`))) return undefined;
  const collected = collects.flatMap((name) => findNamed([name], input) ?? []);
  return collected.length > 0 ? collected : undefined;
}

function findMapped({ fields }: FileFields, field: string, mapped: string, input: FileColumns): readonly string[] {
  if (input.columns.includes(mapped)) return [mapped];
  const { type } = fields[field] ?? {};
  if ((type === 'time' || type === 'json') && mapped.includes('+')) return findParts(field, mapped, input);
  const factors = mapped.split('*').map((factor) => factor.trim());
  const amounts = Object.keys(fields).filter((name) => fields[name]?.type === 'amount');
  if (factors.length > 1 && !amounts.includes(field)) {
    throw new CommandError(
      `${input.name} has no column ${mapped}, and ${field} cannot be a product: only ${listed(amounts)} can. ` +
        `${describeColumns(input)}.`,
    );
  }
  const absent = factors.length > 1 ? factors.find((factor) => !input.columns.includes(factor)) : mapped;
  if (absent === undefined) return factors;
  throw new CommandError(
    `${input.name} has no column ${quote(absent)} to read ${field} from; ` +
      `did you mean ${nearest(absent, input.columns) ?? 'another file'}? ${describeColumns(input)}.`,
  );
}

/** The columns of a date and a time, such as `Day+Time`, or of an object. */
function findParts(field: string, mapped: string, input: FileColumns): readonly string[] {
  const parts = mapped
    .split('+')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const absent = parts.find((part) => !input.columns.includes(part));
  if (absent === undefined) return parts;
  throw new CommandError(
    `${input.name} has no column ${quote(absent)} to read ${field} from; ` +
      `did you mean ${nearest(absent, input.columns) ?? 'another file'}? ${describeColumns(input)}.`,
  );
}

/** The first of the names that is a column, or that matches exactly one column apart from its writing. */
function findNamed(names: readonly string[], { columns }: FileColumns): readonly string[] | undefined {
  for (const name of names) {
    if (columns.includes(name)) return [name];
    const alike = columns.filter((column) => simplify(column) === simplify(name));
    if (alike.length === 1) return alike;
  }
  return undefined;
}

/** A column that differs more than this from the name of a field is not suggested. */
const MOST_DIFFERENT = 0.4;

function describeMissing(
  { fields }: FileFields,
  missing: readonly string[],
  used: readonly string[],
  input: FileColumns,
): string {
  const free = input.columns.filter((column) => !used.includes(column));
  const pairs = missing.map((field) => {
    const column = nearest(field, free, MOST_DIFFERENT);
    if (column !== undefined) free.splice(free.indexOf(column), 1);
    return [field, column] as const;
  });
  const isNear = pairs.some(([, column]) => column !== undefined);
  // The export of a list says nowhere which list it is of.
  const lists = pairs.filter(([field, column]) => column === undefined && fields[field]?.type === 'list_number');
  const mapped = pairs.filter((pair) => !lists.includes(pair));
  const advice = [
    ...(mapped.length === 0
      ? []
      : [
          `Map columns to fields${isNear ? '; the nearest by name' : ''}: --map ` +
            quoteArgument(mapped.map(([field, column = 'COLUMN']) => `${field}=${column}`).join(',')),
        ]),
    ...lists.map(
      ([field]) => `If all rows are of one list, add --default ${field}=+1…, otherwise --map ${field}=COLUMN`,
    ),
  ];
  return `${input.name} has no column for ${listed(missing)}. ${describeColumns(input)}. ${advice.join('. ')}`;
}

/** Parts of the names of columns with times. */
const TIME_WORDS = /date|time|day|created|updated|when|datum|zeit|fecha|data|(^|[^a-z])(at|on|ts)([^a-z]|$)/i;
/** Names of columns with only the day, or only the time of day. */
const DAY_WORD = /date|day|datum|tag|fecha|data/i;
const CLOCK_WORD = /time|zeit|uhr|heure|hora/i;
/** As in `paidAt`. */
const TIME_ENDING = /[a-z](At|On)$/;
const MOST_SUGGESTED = 3;

function describeNotGiven(field: string, input: FileColumns): string {
  const alike = input.columns
    .filter((column) => TIME_WORDS.test(column) || TIME_ENDING.test(column))
    .slice(0, MOST_SUGGESTED);
  const day = alike.find((column) => DAY_WORD.test(column) && !CLOCK_WORD.test(column));
  const clock = alike.find((column) => CLOCK_WORD.test(column) && !DAY_WORD.test(column));
  const joined = day === undefined || clock === undefined ? [] : [`${day}+${clock}`];
  const proposed = [...joined, ...(alike.length > 0 ? alike : ['COLUMN'])];
  const maps = proposed.map((column) => `--map ${quoteArgument(`${field}=${column}`)}`);
  return (
    `${input.name} has no column for ${field}, and without one all records would be dated now. ${describeColumns(input)}. ` +
    `Add ${maps.join(' or ')}, or --default ${field}=${NOW} if now is right, or --default ${field}=2024-01-31.`
  );
}

/** The value of --default for times that leaves the time to the service: that of acceptance. */
export const NOW = 'now';

function describeColumns({ columns, hint }: FileColumns): string {
  if (columns.length === 0) return 'It has no columns';
  return `Its columns are ${shortList(columns)}${hint === undefined ? '' : `. ${hint}`}`;
}
