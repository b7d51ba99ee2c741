import { IANAZone } from 'luxon';

import { CommandError } from '../../terminal/command-error.ts';
import { nearest } from './nearest.ts';
import { quote } from './text.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Number of days in a century. */
const MOST_DAYS = 36_525;

/**
 * Creates a function that converts local times of a zone to instants. It takes a local time that occurs twice for the
 * first of the two, and moves one that the clock skips forward by the length of the gap. (Luxon decides the former by
 * the current season, so the same file would give other records in summer than in winter.)
 *
 * @param name an IANA name
 * @returns a function from local time to instant, both in milliseconds since 1970
 * @throws CommandError if there is no such zone
 */
export function createClock(name: string): (local: number) => number {
  const known = clocks.get(name);
  if (known) return known;
  const clock = createNewClock(name);
  clocks.set(name, clock);
  return clock;
}

/** To look for the format of a file creates many clocks of one zone, which takes long. */
const clocks = new Map<string, (local: number) => number>();

function createNewClock(name: string): (local: number) => number {
  if (!/^[a-z]/i.test(name) || !IANAZone.isValidZone(name)) throw new CommandError(describeUnknown(name));
  const zone = IANAZone.create(name);
  const offsetAt = (instant: number) => zone.offset(instant) * MINUTE_MS;

  // Looking up an offset is slow, and nearly every day has only one.
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
