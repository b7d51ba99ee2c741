import { DateTime } from 'luxon';

import { CommandError } from '../../terminal/command-error.ts';
import { listed, quote } from './text.ts';

/** A reader of times in one format. */
export interface DateFormat {
  /** Whether the times are instants: they have a zone, or count from 1970. */
  hasZone: boolean;
  /** Returns milliseconds since 1970, read as UTC if the format has no zone; undefined if the text does not fit. */
  read(text: string): number | undefined;
}

/**
 * Creates a reader of times in the given format.
 *
 * @param format tokens of luxon, `X` for seconds and `x` for milliseconds since 1970, or `excel` for Excel's days
 * @throws CommandError if the format is not valid or does not determine a date; suggests what was probably meant
 */
export function createDateFormat(format: string): DateFormat {
  if (format === 'X') return { hasZone: true, read: (text) => readUnixTime(/^\d+(\.\d+)?$/, text, 1000) };
  if (format === 'x') return { hasZone: true, read: (text) => readUnixTime(/^\d+$/, text, 1) };

  if (format === 'excel') return { hasZone: false, read: readExcelDate };

  const tokens = tokensOf(format);
  const reason = describeMistake(format, tokens);
  if (reason) throw new CommandError(`--date-format ${quote(format)}: ${reason}`);
  const read = createReader(format, tokens);
  if (!tellsDate(format, read)) {
    throw new CommandError(
      `--date-format ${quote(format)} lacks year, month or day: those are yyyy, MM and dd (minutes are mm).`,
    );
  }
  return { hasZone: tokens.some((token) => token.startsWith('Z')), read };
}

const IN_UTC = { zone: 'utc', locale: 'en-US' };

/** AM or PM after a time of day: `pm`, `p.m.`, `p. m.`. */
const HALF_OF_DAY = /(?<=\d)\s*([ap])(?:m|\.\s?m\.?)(?![a-z])/i;

function createReader(format: string, tokens: readonly string[]): (text: string) => number | undefined {
  const parser = DateTime.buildFormatParser(format, { locale: IN_UTC.locale });
  const half = `${/\sa(?![a-z])/i.test(format) ? ' ' : ''}$1m`;
  const has12Hours = tokens.includes('a');
  return (text) => {
    const time = DateTime.fromFormatParser(has12Hours ? text.replace(HALF_OF_DAY, half) : text, parser, IN_UTC);
    return time.isValid ? time.toMillis() : undefined;
  };
}

function readUnixTime(syntax: RegExp, text: string, milliseconds: number): number | undefined {
  return syntax.test(text) ? Math.round(Number(text) * milliseconds) : undefined;
}

const DAY_SECONDS = 86_400;
/** The serial number of 1970-01-01 in the 1900 date system. */
const EXCEL_1970 = 25_569;

/** Reads days since 1900, with a fraction for the time of day. They are rounded to seconds, for few have all digits. */
function readExcelDate(text: string): number | undefined {
  if (!/^\d{5,7}([.,]\d+)?$/.test(text)) return undefined;
  return Math.round((Number(text.replace(',', '.')) - EXCEL_1970) * DAY_SECONDS) * 1000;
}

/** The tokens that luxon can read, without those that depend on a language and the zones that it can only write. */
const TOKENS = new Set(
  `G GG y yy yyyy yyyyy yyyyyy M MM MMM MMMM L LL LLL LLLL d dd o ooo H HH h hh m mm s ss S SSS u uu uuu a
  kk kkkk W WW E EEE EEEE c ccc cccc Z ZZ ZZZ`.split(/\s+/),
);
const MEANT = new Map([
  ['YYYY', 'yyyy'],
  ['YY', 'yy'],
  ['DD', 'dd'],
  ['D', 'd'],
  ['SS', 'ss'],
  ['A', 'a'],
  ['aa', 'a'],
  ['T', "'T'"],
]);
/** Matches a text in quotes, or a run of the same letter. */
const PARTS = /'[^']*'?|([A-Za-z])\1*/g;

function tokensOf(format: string): string[] {
  return (format.match(PARTS) ?? []).filter((part) => !part.startsWith("'"));
}

function describeMistake(format: string, tokens: readonly string[]): string | undefined {
  const unknown = tokens.filter((token) => !TOKENS.has(token));
  if (unknown.length > 0) {
    const meant = format.replaceAll(PARTS, (part) => MEANT.get(part) ?? part);
    const hint = unknown.every((token) => MEANT.has(token))
      ? `did you mean ${meant}?`
      : "put literal text in quotes, as in yyyy-MM-dd'T'HH:mm.";
    return `there is no token ${listed(unknown)}; ${hint}`;
  }
  const letters = tokens.map((token) => token.charAt(0));
  const twice = letters.find((letter, index) => letters.indexOf(letter) !== index);
  if (twice) return `${twice} occurs twice; months are MM, minutes mm, hours HH.`;
  if (letters.includes('h') !== letters.includes('a')) {
    return 'h is the hour of a 12-hour clock and needs a, which reads AM or PM; H is the hour of a 24-hour clock.';
  }
  return undefined;
}

/** Whether the format determines a date: writes a date and reads it again. Luxon takes missing parts from today. */
function tellsDate(format: string, read: (text: string) => number | undefined): boolean {
  const sample = DateTime.fromISO('2011-10-09T20:07:06', IN_UTC);
  try {
    const again = read(sample.toFormat(format, { locale: IN_UTC.locale }));
    return again !== undefined && new Date(again).toISOString().startsWith('2011-10-09');
  } catch {
    // Luxon throws if valid tokens do not form a date together, for instance the day of the year and a month.
    return false;
  }
}
