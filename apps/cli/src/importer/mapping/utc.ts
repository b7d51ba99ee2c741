const DAY = '2024-01-05'.length;
const MINUTE = '2024-01-05T10:00'.length;
const SECOND = '2024-01-05T10:00:00'.length;
const MILLISECOND = '2024-01-05T10:00:00.123'.length;

/** A time without a zone, which is in UTC. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * Writes a time in UTC, without Z: `2024-01-05T10:00:00`, with a fraction only if there is one.
 *
 * @param time ISO 8601, as the API takes it; what is no time is returned about as it is
 */
export function toUtc(time: string): string {
  if (time.length === DAY) return `${time}T00:00:00`;
  // Nearly all are like these.
  if (time.endsWith('Z')) {
    if (time.length === SECOND + 1) return time.slice(0, SECOND);
    if (time.length === MILLISECOND + 1 && !time.endsWith('0Z')) return time.slice(0, MILLISECOND);
  }
  const utc = (inUtc(time) ?? time).replace(/(?:\.0+|(\.\d*[1-9])0*)?Z?$/, '$1');
  return utc.length === MINUTE ? `${utc}:00` : utc;
}

function inUtc(time: string): string | undefined {
  if (time.endsWith('Z') || WITHOUT_ZONE.test(time)) return time;
  // Date.parse does not know offsets of hours alone.
  const instant = Date.parse(time.at(-3) === ':' ? time : time.replace(/([+-]\d{2})$/, '$1:00'));
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
