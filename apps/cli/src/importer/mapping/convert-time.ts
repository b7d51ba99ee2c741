import { CommandError } from '../../terminal/command-error.ts';
import { digitsOf } from '../files/json/number.ts';
import type { MappingOptions } from './mapping-options.ts';
import { NOW } from './sources.ts';
import { quote } from './text.ts';
import { createTimestampReader } from './timestamp.ts';
import { Unreadable } from './unreadable.ts';
import { splitAbbreviation } from './written-zone.ts';

/** A date, or a date and a time with or without a zone, as the API takes them: without a zone in UTC. */
const TAKEN_BY_API = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Creates a converter of times, which may be in several columns, such as a date and a time of day. It returns ISO 8601
 * or an Unreadable; what is not text in the file is returned as it is.
 *
 * @throws CommandError if the time zone or the format is not valid
 */
export function createTimeConverter({
  timezone,
  date_format: dateFormat,
}: MappingOptions): (values: readonly unknown[]) => unknown {
  const read = createTimestampReader(timezone ?? 'UTC', dateFormat);
  const passesIso = timezone === undefined && dateFormat === undefined;
  const form = describeForm(dateFormat);
  return (values) => {
    const texts = values.map((value) => digitsOf(value) ?? value ?? '');
    if (!texts.every((text) => typeof text === 'string')) return values[0];
    const text =
      texts.length === 1
        ? (texts[0] ?? '')
        : texts
            .map((part) => part.trim())
            .join(' ')
            .trim();
    if (passesIso && TAKEN_BY_API.test(text)) return text;
    return read(text) ?? new Unreadable(`must be ${form}, not ${quote(text)}.`, adviseOnZone(text, read));
  };
}

/**
 * Reads the value of --default for times, in the same way as the times of the file.
 *
 * @returns ISO 8601; undefined for `now`, which leaves the time to the service
 * @throws CommandError if the value is not a time
 */
export function readDefaultTime(
  field: string,
  text: string,
  { timezone = 'UTC', date_format: dateFormat }: MappingOptions,
): string | undefined {
  if (text.trim() === NOW) return undefined;
  const time = createTimestampReader(timezone, dateFormat)(text);
  if (time !== undefined) return time;
  throw new CommandError(`--default ${field}=${text}: it must be ${NOW}, or ${describeForm(dateFormat)}.`);
}

function describeForm(dateFormat: string | undefined): string {
  return `a time ${dateFormat === undefined ? '' : `in the format ${dateFormat} or `}in ISO 8601`;
}

/** Says what to do about a zone such as EST: several zones have this name. */
function adviseOnZone(text: string, read: (text: string) => string | undefined): string {
  const named = splitAbbreviation(text.trim());
  if (!named || read(named.time) === undefined) return '';
  const { abbreviation } = named;
  return (
    `${abbreviation} does not name one zone: end --date-format with '${abbreviation}' in quotes, and give the zone with ` +
    '--timezone, such as America/New_York.'
  );
}
