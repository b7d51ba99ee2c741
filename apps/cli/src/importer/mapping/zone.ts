import { IANAZone } from 'luxon';

import { CommandError } from '../../terminal/command-error.ts';
import { nearest } from './nearest.ts';
import { quote } from './text.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A century of days. */
const MOST_DAYS = 36_525;

/**
 * A clock on the wall of a zone: it says which instant it was when it showed a time. A time that it showed twice is the
 * first of the two; one that it skipped is as much later as it skipped. (Luxon reads the former by the time of year in
 * which it runs, which would send the same file differently in summer and winter.)
 *
 * @param name an IANA name
 * @returns from local time to instant, both in milliseconds since 1970
 * @throws CommandError when there is no such zone
 */
export function createClock(name: string): (local: number) => number {
  if (!/^[a-z]/i.test(name) || !IANAZone.isValidZone(name)) throw new CommandError(describeUnknown(name));
  const zone = IANAZone.create(name);
  const offsetAt = (instant: number) => zone.offset(instant) * MINUTE_MS;

  // Asking for an offset is slow, and nearly every day has only one.
  const offsets = new Map<number, number | undefined>();
  const onlyOffset = (day: number): number | undefined => {
    if (offsets.has(day)) return offsets.get(day);
    const before = offsetAt((day - 1) * DAY_MS);
    const only = before === offsetAt((day + 2) * DAY_MS) ? before : undefined;
    if (offsets.size >= MOST_DAYS) offsets.clear();
    offsets.set(day, only);
    return only;
  };

  return (local) => {
    const offset = onlyOffset(Math.floor(local / DAY_MS));
    if (offset !== undefined) return local - offset;
    const before = offsetAt(local - DAY_MS);
    const after = offsetAt(local + DAY_MS);
    const isAfterChange = offsetAt(local - before) !== before && offsetAt(local - after) === after;
    return local - (isAfterChange ? after : before);
  };
}

function describeUnknown(name: string): string {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const city = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1);
  const like = name.includes('/')
    ? nearest(name, zones)
    : zones.find((zone) => city(zone) === nearest(name, zones.map(city)));
  return `There is no timezone ${quote(name)}; did you mean ${like}? It must be an IANA name such as Europe/Berlin.`;
}
