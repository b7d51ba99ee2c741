import { createDateFormat } from './date-format.ts';
import { createClock } from './zone.ts';

/** ISO 8601 as the API accepts it, and with a space instead of the T, as databases write it. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** The last millisecond of the last year with four digits. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Creates a reader of times in the given format, if there is one, and in ISO 8601. Reads times without a zone in the
 * given time zone.
 *
 * @returns a function from text to ISO 8601 in UTC, to the millisecond or as exact as the text; ISO 8601 with a zone is
 *   returned unchanged; undefined if the text is not a time
 * @throws CommandError if the time zone or the format is not valid
 */
export function createTimestampReader(timezone: string, dateFormat?: string): (text: string) => string | undefined {
  const toInstant = createClock(timezone);
  const format = dateFormat === undefined ? undefined : createDateFormat(dateFormat);

  const readIso = (text: string): string | undefined => {
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = ISO.exec(text) ?? [];
    if (zone !== undefined) return text.replace(' ', 'T');
    const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    const local = Date.parse(`${written}Z`);
    // Date.parse accepts the 30th of February as the 1st of March, and 24:00 as the next day.
    if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(written)) return undefined;
    return write(toInstant(local), fraction);
  };

  return (text) => {
    const trimmed = text.trim();
    const time = format?.read(trimmed);
    if (format === undefined || time === undefined) return readIso(trimmed);
    return write(format.hasZone ? time : toInstant(time));
  };
}

function write(instant: number, fraction?: string): string | undefined {
  if (!(instant >= 0 && instant <= LATEST)) return undefined;
  const iso = new Date(instant).toISOString();
  const milliseconds = iso.slice(19, 23);
  return `${iso.slice(0, 19)}${fraction ?? (milliseconds === '.000' ? '' : milliseconds)}Z`;
}
