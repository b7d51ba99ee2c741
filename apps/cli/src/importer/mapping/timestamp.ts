import { createDateFormat } from './date-format.ts';
import { createClock } from './zone.ts';

/** ISO 8601 as the API takes it, and with the space that databases write for the T. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** The last millisecond that ISO 8601 writes with four digits of a year. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Reads times as a file writes them: in the format when there is one, else in ISO 8601; those without a zone in the
 * timezone.
 *
 * @returns from text to ISO 8601 in UTC (to the millisecond, or as exact as the ISO 8601 was), or undefined when it is
 *   neither; ISO 8601 that has a zone stays as it is
 * @throws CommandError when timezone or format make no sense
 */
export function createTimestampReader(timezone: string, dateFormat?: string): (text: string) => string | undefined {
  const toInstant = createClock(timezone);
  const format = dateFormat === undefined ? undefined : createDateFormat(dateFormat);

  const readIso = (text: string): string | undefined => {
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = ISO.exec(text) ?? [];
    if (zone !== undefined) return text.replace(' ', 'T');
    const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    const local = Date.parse(`${written}Z`);
    // Date takes the 30th of February for the 1st of March, and 24:00 for the next day.
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
