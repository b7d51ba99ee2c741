import { createDateFormat } from './date-format.ts';
import { splitZone } from './written-zone.ts';
import { createClock } from './zone.ts';

/** ISO 8601 as the API accepts it, and with a space instead of the T or a comma before the fraction. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** Spaces that programs write, for instance before PM. */
const SPACES = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;

/** The last millisecond of the last year with four digits. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Creates a reader of times in the given format, if there is one, and in ISO 8601. Reads times without a zone in the
 * given time zone.
 *
 * @returns a function from text to ISO 8601 in UTC, to the millisecond or as exact as the text; ISO 8601 with a zone is
 *   returned unchanged; undefined if the text is not a time. A zone after the time goes before the given time zone.
 * @throws CommandError if the time zone or the format is not valid
 */
export function createTimestampReader(timezone: string, dateFormat?: string): (text: string) => string | undefined {
  const toInstant = createClock(timezone);
  const format = dateFormat === undefined ? undefined : createDateFormat(dateFormat);

  const readLocalIso = (text: string): { local: number; fraction: string } | undefined => {
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = ''] = ISO.exec(text) ?? [];
    const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    const local = Date.parse(`${written}Z`);
    // Date.parse accepts the 30th of February as the 1st of March, and 24:00 as the next day.
    if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(written)) return undefined;
    return { local, fraction: fraction.replace(',', '.') };
  };
  const readIso = (text: string): string | undefined => {
    const time = readLocalIso(text);
    if (time && ISO.exec(text)?.[8] !== undefined) return text.replace(' ', 'T').replace(',', '.').toUpperCase();
    return time && write(toInstant(time.local), time.fraction);
  };
  const readWithZone = (text: string): string | undefined => {
    const zone = splitZone(text);
    if (!zone) return undefined;
    const local = format?.hasZone === false ? format.read(zone.time) : undefined;
    if (local !== undefined) return write(local - zone.offset);
    const time = readLocalIso(zone.time);
    return time && write(time.local - zone.offset, time.fraction);
  };

  return (text) => {
    const plain = text.replace(SPACES, ' ').trim();
    const time = format?.read(plain);
    if (format !== undefined && time !== undefined) return write(format.hasZone ? time : toInstant(time));
    return readIso(plain) ?? readWithZone(plain);
  };
}

function write(instant: number, fraction?: string): string | undefined {
  if (!(instant >= 0 && instant <= LATEST)) return undefined;
  const iso = new Date(instant).toISOString();
  const milliseconds = iso.slice(19, 23);
  return `${iso.slice(0, 19)}${fraction ?? (milliseconds === '.000' ? '' : milliseconds)}Z`;
}
