import { requiredFields, type FieldType } from '../kinds/file-fields.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';

/** The text that `trackly import KIND --help` shows below the options. */
export function helpFor(kind: FileKind): string {
  const required = requiredFields(kind);
  const asked = Object.keys(kind.fields).filter((field) => kind.fields[field]?.mustBeGiven);
  const optional = Object.keys(kind.fields).filter((field) => !required.includes(field) && !asked.includes(field));
  const [first = ''] = required;
  const others = Object.entries(kind.fields).map(([field, own]) => describeOthers(field, own.alsoCalled, own.collects));
  const types = new Set<string>(Object.values(kind.fields).map(({ type }) => type));
  const stops = [
    ...STOPS.flatMap(([type, text]) => (types.has(type) ? [text] : [])),
    ...Object.values(kind.notices).flatMap((notice) =>
      notice?.remedy === undefined ? [] : [`  - In a dry run, most records of a batch are ${notice.what}.\n`],
    ),
  ];
  return `
DESCRIPTION
  Sends files of any size in batches of up to 1,000 records${kind.isOrdered ? ONE_BY_ONE : SEVERAL}
  Every record counts once, however often you run, interrupt or kill the command: each batch has a key made of the
  import's name, its position in the file and its content. A batch that gets no answer is sent again for up to five
  minutes.

FILES
  CSV with a header row, or JSON: an object on each line, objects one after the other, [{…},{…}], or an object with an
  array of records, such as {"orders":[…]} or {"data":[…],"has_more":false}. Files are in UTF-8, or in UTF-16 with a
  byte order mark, and can be compressed with gzip or zstd; the content decides, not the extension. Several files are
  imported one after the other, each under its own name.

  The summary says what each line of a file is: header, record, continuation of a quoted cell or of a JSON object,
  blank (rows of empty cells, too), repeated header (files that were joined), skipped, or left out by --where. A row may
  have empty cells beyond the columns, and may lack cells at its end that no field is read from. A first line "sep=;"
  names the delimiter.

  FILE.journal        the progress of the import. The same command resumes from it; "trackly verify" needs it, too.
  FILE.rejects.csv    every rejected record as it is in the file, with its line, a code and the reason
                      (FILE.rejects.ndjson for JSON), in the folder of the journal. When the import is complete,
                      correct this file and import it with the same options. Until then, each run writes it again.
                      A dry run writes FILE.dry-run.rejects.csv instead. The rows are as they are in FILE: a
                      spreadsheet runs cells that begin with =, +, - or @ as formulas, so import them there as text.

  For standard input, both files are in the working directory, named after the import.

FIELDS
  Required: ${required.map((field) => withAlternative(field, kind)).join(', ')}. Optional: ${optional.join(', ')}.
  Each field is read from the column of the same name, or from the one that --map names. Other columns are ignored.
${others.join('')}  In JSON, keys are columns; those of nested objects are named like --map ${first}=properties.${first}.
${asked.map(describeAsked).join('')}${Object.entries(TYPES)
    .flatMap(([type, text]) => (types.has(type) ? [text] : []))
    .join('')}
${types.has('time') ? DATES : ''}${types.has('amount') ? AMOUNTS : ''}WHAT STOPS AN IMPORT
  The command stops with the line and the option to use, rather than import something else than the file says:
  - Lines within a quoted cell are records: --escape '\\', --quote none, or --quote '"' if they belong to the cell.
  - Records were imported before under another name, for instance from a copy of the file: --again imports them once
    more. The service remembers them for good, however amounts and times are written. A part of an imported file is
    recognized if it has about 5,000 records or more. Undoing an import makes it forget.
${stops.join('')}
PRESETS
${[...kind.presets].map(([name, preset]) => describePreset(name, preset)).join('')}  A preset of your own is a JSON file such as
    ${kind.help.preset}
  Options on the command line override the preset.

INTERRUPTING
  Press Ctrl-C to stop sending and wait for the answers to what was sent. Press it again to quit now. Run the same
  command again to resume. Progress and problems go to stderr, the summary to stdout.

EXIT CODE
  0 all records imported, 1 some records rejected, 2 could not start or stopped by an error, 130 interrupted

ENVIRONMENT
  TRACKLY_API_KEY and TRACKLY_URL replace --api-key and --url. Unlike options, other users of the machine cannot see
  them. HTTPS_PROXY, HTTP_PROXY and NO_PROXY, also in lower case, name a proxy and the hosts that need none; this machine
  never needs one. NO_COLOR turns colours off.

EXAMPLES${kind.help.commands}`;
}

/** How batches are sent: the end of a sentence, which may be followed by others. */
const ONE_BY_ONE = ', one after the other.';
const SEVERAL = `. The command sends several
  batches at the same time and adapts their number to the service.`;

const DATES = `DATES
  --date-format takes yyyy, yy, M, MM, MMM, d, dd, H, HH, h, mm, ss, SSS, a (AM, pm, p.m.), ZZ (+02:00), or one of X
  (seconds since 1970), x (milliseconds since 1970), excel (days such as 45296.41, read to the second). Other characters
  stand for themselves; put letters in single quotes. ISO 8601 is always accepted, also with a space instead of T.

  After any time may stand its zone, which goes before --timezone: Z, UTC, GMT+1, +0100, +01:00, +01. EST and the like
  name several zones and are rejected. A local time that the clock skips in spring is read as one hour later; of a local
  time that the clock shows twice in autumn, the first is meant.

`;

const AMOUNTS = `AMOUNTS
  Amounts are plain decimals: 1234.50, .5, 5. or +5. --amounts us also takes 1,234.50, eu takes 1.234,50 and 1 234,50
  with a decimal comma, ch takes 1'234.50. A currency before or after the amount ($5, 5 EUR) is left out; a column must
  have only one currency. Negative amounts, such as -5 or (5.00), are rejected: subtract a refund from its sale.

`;

/** What stops an import of a kind with fields of some types. */
const STOPS: readonly (readonly [FieldType, string])[] = [
  [
    'time',
    `  - No time of the first 100 rows can be read, or another format reads those that cannot be read: --date-format. Also in
    later rows, if the other format would read some times differently.
  - --date-format has the wrong unit: the numbers would be times before 2000.
`,
  ],
  [
    'amount',
    `  - No amount of the first 100 rows can be read, or another form reads those that cannot be read: --amounts. Also in
    later rows, if the other form would read some amounts differently.
  - A column such as Currency has several values: amounts are added up as they are.
`,
  ],
  ['phone', '  - No phone number of the first 100 rows can be read: --default-country.\n'],
];

/** How a file writes fields of some types. */
const TYPES = {
  boolean: `
  Of what is true or false, true, yes and 1, and false, no and 0 are read, in any case.
`,
  json: `
  A field that is an object is an object in JSON, and the text of one in CSV. --map field=first_name+plan makes an object
  of columns, each under its own name; field=plan+ of a single one. Blank cells are left out.
`,
  phone: `
  Phone numbers begin with + and the country code, or are read as those of --default-country. Spaces, brackets, hyphens
  and the like are left out. A number that can be read in two ways, or that a spreadsheet has rounded (1.5551E+10), is
  rejected.
`,
};

function describeOthers(field: string, names: readonly string[] = [], collected: readonly string[] = []): string {
  const named = names.length > 0 ? `  ${field} may also be called ${names.join(', ')}.\n` : '';
  return (
    named + (collected.length > 0 ? `  Without a column ${field}, ${collected.join(', ')} are put into it.\n` : '')
  );
}

function withAlternative(field: string, { fields }: FileKind): string {
  const { alternative } = fields[field] ?? {};
  return alternative === undefined ? field : `${field} or ${alternative}`;
}

function describePreset(name: string, { map, where = [] }: MappingOptions): string {
  const fields = Object.entries(map).map(([field, columns]) => `${field}=${[columns].flat()[0]}`);
  const rows = where.length === 0 ? '' : `\n              only rows with ${where.join(' or ')}`;
  return `  ${name.padEnd(10)}  ${fields.join(', ')}${rows}\n`;
}

function describeAsked(field: string): string {
  return `
  ${field} must have a column, or a default: --default ${field}=2024-01-31 for a date, read like those of the
  file, or --default ${field}=now for the time when the service accepts the record. Without a default, rows in
  which it is blank are rejected. --map ${field}=Day+Time reads it from two columns.
`;
}
