/** A time that is in UTC as it is written: with Z, or without a zone. */
const IN_UTC = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/**
 * Finds the time in UTC, in ISO 8601 and with as many digits as it is written.
 *
 * @param time ISO 8601, as the API takes it
 * @returns undefined if it is no time
 */
export function toUtc(time: string): string | undefined {
  if (IN_UTC.test(time)) return time;
  // Date.parse does not know offsets of hours alone.
  const instant = Date.parse(time.replace(/([+-]\d{2})$/, '$1:00'));
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
