import { requiredFields } from '../kinds/file-fields.ts';
import type { FileKind } from '../kinds/file-kind.ts';

/** The text that `trackly import KIND --help` shows below the options. */
export function helpFor(kind: FileKind): string {
  const required = requiredFields(kind);
  const optional = Object.keys(kind.fields).filter((field) => !required.includes(field));
  return `
DESCRIPTION
  Sends files of any size in batches of up to 1,000 records. The command sends several batches at the same time and
  adapts their number to the service. Every record counts once, however often you run, interrupt or kill the command:
  each batch has a key made of the import's name, its position in the file and its content. A batch that gets no answer
  is sent again for up to five minutes.

FILES
  CSV with a header row, or JSON: an object on each line, objects one after the other, [{…},{…}], {"records":[…]}, or
  any other object with one array. Files are in UTF-8, or in UTF-16 with a byte order mark, and can be compressed with
  gzip or zstd; the content decides, not the extension. Several files are imported one after the other, each under its own name.

  FILE.journal        the progress of the import. The same command resumes from it; "trackly verify" needs it, too.
  FILE.rejects.csv    every rejected record as it is in the file, with its line, a code and the reason
                      (FILE.rejects.ndjson for JSON), in the folder of the journal. When the import is complete,
                      correct this file and import it like any other. Until then, each run writes it again.

  For standard input, both files are in the working directory, named after the import.

FIELDS
  Required: ${required.join(', ')}. Optional: ${optional.join(', ')}.
  Each field is read from the column of the same name, or from the one that --map names. Other columns are ignored.
  In JSON, keys are columns; those of nested objects are named like --map revenue=properties.revenue.

DATES AND AMOUNTS
  --date-format takes yyyy, yy, M, MM, MMM, d, dd, H, HH, h, mm, ss, SSS, a (AM, PM), ZZ (+02:00), X (seconds since
  1970), x (milliseconds since 1970). Other characters stand for themselves; put letters in single quotes. ISO 8601 is
  always accepted. A local time that the clock skips in spring is read as one hour later; of a local time that the clock
  shows twice in autumn, the first is meant.

  Amounts are plain decimals: 1234.50, .5, 5. or +5. --amounts us also takes 1,234.50, eu takes 1.234,50 and 1 234,50
  with a decimal comma, ch takes 1'234.50. A currency before or after the amount ($5, 5 EUR) is left out; all amounts of
  a column must have the same. Negative amounts, such as -5 or (5.00), are rejected: subtract a refund from its sale.

PRESETS
  A preset is a JSON file such as
    ${kind.help.preset}
  Options on the command line override the preset.

INTERRUPTING
  Press Ctrl-C to stop sending and wait for the answers to what was sent. Press it again to quit now. Run the same
  command again to resume. Progress and problems go to stderr, the summary to stdout.

EXIT CODE
  0 all records imported, 1 some records rejected, 2 could not start or stopped by an error, 130 interrupted

ENVIRONMENT
  TRACKLY_API_KEY and TRACKLY_URL replace --api-key and --url. Unlike options, other users of the machine cannot see
  them. NO_COLOR turns colours off.

EXAMPLES${kind.help.commands}`;
}
