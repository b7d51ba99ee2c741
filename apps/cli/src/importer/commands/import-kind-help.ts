import { requiredFields } from '../kinds/file-fields.ts';
import type { FileKind } from '../kinds/file-kind.ts';

/** What `trackly import KIND --help` says beyond its options. */
export function helpFor(kind: FileKind): string {
  const required = requiredFields(kind);
  const optional = Object.keys(kind.fields).filter((field) => !required.includes(field));
  return `
DESCRIPTION
  Sends files of any size in batches of up to 1,000 records, several at the same time, as many as serve best. Every
  record counts once, however often the command is run, interrupted or killed: each batch carries a key made of the
  import's name, its place in the file and what the file says there. What gets no answer is sent again for five minutes.

FILES
  CSV with a header row, or NDJSON, one object a line; UTF-8; plain, gzip or zstd, as their content says. Several files
  are imported one after the other, each under its own name.

  FILE.journal        what is done, so that the same command goes on where it was; "trackly verify" needs it too
  FILE.rejects.csv    every record that was not imported, as it is in the file, with its line, a code and why
                      (FILE.rejects.ndjson for NDJSON). When the import is complete, mend it and import it like any
                      other file; until then, each run writes it again. It is where the journal is.

FIELDS
  ${required.join(', ')}, and if wanted ${optional.join(', ')}. Columns are found by these names;
  --map says which column it is where they are called otherwise. Columns that no field takes are ignored.

DATES AND AMOUNTS
  --date-format takes yyyy, yy, M, MM, MMM, d, dd, H, HH, h, mm, ss, SSS, a (AM, PM), ZZ (+02:00), X (seconds since
  1970), x (milliseconds); other characters stand for themselves, letters in single quotes. ISO 8601 is always taken.
  A local time that a clock skips in spring is taken an hour later; one that it shows twice, the first time.

PRESETS
  A preset is a file of JSON such as
    ${kind.help.preset}
  What is said on the command line goes before it.

ENDING
  Ctrl-C sends no more and waits for what was sent; again, it waits for nothing. The same command goes on.
  Progress and problems go to stderr, the summary to stdout.

EXIT CODE
  0 all records imported, 1 some rejected, 2 could not run or stopped, 130 interrupted

ENVIRONMENT
  TRACKLY_API_KEY and TRACKLY_URL stand for --api-key and --url; other users of the machine do not see them. NO_COLOR
  turns colours off.

EXAMPLES${kind.help.commands}`;
}
