const PARTS = {
  date: String.raw`(\d{4})-(\d{2})-(\d{2})`,
  time: String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`,
  zone: String.raw`(?:Z|([+-])(\d{2})(?::?(\d{2}))?)`,
};

/** ISO 8601 in the extended format: a calendar date, or a date and a time with or without a zone. */
export const TIMESTAMP_PATTERN = `^${PARTS.date}(?:T${PARTS.time}${PARTS.zone}?)?$`;

const SYNTAX = new RegExp(TIMESTAMP_PATTERN);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MICROSECOND_DIGITS = 6;

/**
 * Parses a timestamp. A timestamp without a zone is in UTC.
 *
 * @param now milliseconds since 1970; the timestamp may be up to a day later, for clocks that run fast
 * @returns the same instant in UTC, to the microsecond ("2025-11-15T16:00:00.25Z"), or undefined if the text is not
 *   a real date and time between 1970 and a day from now
 */
export function parseTimestamp(text: string, now: number): string | undefined {
  return IN_UTC.test(text) ? checkInUtc(text, now) : parseAny(text, now);
}

/** The form of nearly all timestamps. It needs no conversion, only a check that the date is real. */
const IN_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

function checkInUtc(text: string, now: number): string | undefined {
  const instant = Date.parse(text);
  // Date.parse accepts the 30th of February as the 1st of March, and 24:00 as the next day.
  const isRealDate = new Date(instant).getUTCDate() === Number(text.slice(8, 10));
  return isRealDate && isInRange(instant, now) ? text : undefined;
}

function isInRange(instant: number, now: number): boolean {
  return instant >= 0 && instant <= now + DAY_MS;
}

function parseAny(text: string, now: number): string | undefined {
  const parts = SYNTAX.exec(text);
  if (!parts) return undefined;
  const part = (index: number): number => Number(parts[index] ?? 0);

  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const [zoneHour, zoneMinute] = [part(9), part(10)];
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;

  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isRealDate = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isRealDate) return undefined;

  const zoneMinutes = (zoneHour * 60 + zoneMinute) * (parts[8] === '-' ? -1 : 1);
  const instant = date.getTime() - zoneMinutes * MINUTE_MS;
  if (!isInRange(instant, now)) return undefined;

  const fraction = parts[7] ? `.${parts[7].slice(0, MICROSECOND_DIGITS)}` : '';
  return `${new Date(instant).toISOString().slice(0, 19)}${fraction}Z`;
}
