import { InvalidArgumentError, Option, type Command } from 'commander';

import type { FileFields } from '../kinds/file-fields.ts';
import { AMOUNT_FORMS, EXAMPLES, type AmountForm } from '../mapping/amount-forms.ts';
import { ESCAPE, QUOTE } from '../mapping/mapping-options.ts';
import { parseDefault, parseMap } from '../mapping/pairs.ts';

/** Adds the options that describe how to read a file of a kind. */
export function addMappingOptions(command: Command, kind: FileFields): Command {
  const presets = [...kind.presets.keys(), 'FILE.json'].join('|');
  const hasNumbers = Object.values(kind.fields).some(({ type }) => type === 'phone' || type === 'list_number');
  if (hasNumbers) {
    command.option('--default-country <country>', 'country of phone numbers without one, such as DE or US');
  }
  return command
    .option(
      '--map <field=column,…>',
      'column of each field; A*B is a product of columns, Day+Time a date and a time (repeatable)',
      collect((pairs) => parseMap(kind, pairs)),
    )
    .option(`--preset <${presets}>`, 'columns and formats of a platform, or of your own file')
    .option(
      '--where <column=value>',
      'only rows with this value; != means all others (repeatable; several values of a column are alternatives)',
      append,
    )
    .option(
      '--delimiter <text>',
      String.raw`delimiter of CSV, \t for a tab (default: comma, semicolon, tab or |, detected from the header)`,
      (text) => text.replaceAll(String.raw`\t`, '\t'),
    )
    .option(
      '--quote <character|none>',
      'quote of CSV (default: ")',
      matching(QUOTE, 'It must be one character, or none.'),
    )
    .option(
      '--escape <character>',
      String.raw`stands before quotes in quoted cells, such as \ (default: the quote)`,
      matching(ESCAPE, 'It must be one character.'),
    )
    .option('--skip-lines <number>', 'lines to leave out at the beginning of the file', lineNumber)
    .option('--timezone <zone>', 'time zone of times without one, such as Europe/Berlin (default: UTC)')
    .option('--date-format <format>', 'format of times, such as "M/d/yy H:mm" (default: ISO 8601)')
    .addOption(
      new Option(`--amounts <${AMOUNT_FORMS.join('|')}>`, "amounts are written like 1,234.50, 1.234,50 or 1'234.50")
        .argParser(parseAmountForm)
        .conflicts('decimalComma'),
    )
    .option('--decimal-comma', 'another name of --amounts eu')
    .option(
      '--default <field=value,…>',
      'values for fields that are missing or empty in the file (repeatable)',
      collect((pairs) => parseDefault(kind, pairs)),
    );
}

function append(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}

function matching(pattern: RegExp, expected: string): (text: string) => string {
  return (text) => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(expected);
  };
}

function lineNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

function parseAmountForm(text: string): AmountForm {
  const form = AMOUNT_FORMS.find((name) => name === text);
  if (form) return form;
  throw new InvalidArgumentError(
    `It must be one of ${AMOUNT_FORMS.map((name) => `${name} (${EXAMPLES[name]})`).join(', ')}.`,
  );
}

/** Merges the values of an option that occurs several times. */
function collect<T extends object>(parse: (text: string) => T): (text: string, before: T | undefined) => T {
  return (text, before) => ({ ...before, ...parse(text) });
}
