/** A time and the zone that stands after it. */
export interface ZonedText {
  time: string;
  /** Milliseconds that local time is ahead of UTC. */
  offset: number;
}

/** `UTC`, `GMT`, `Z`, and `GMT+1` or `UTC-03:30`. */
const NAMED = /^(.*(?:\d|[ap]\.?m\.?)) ?(?:(?:UTC|GMT)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?|Z)$/i;
/**
 * `+0100`, `+01:00` or `+01`, only after a time of day: in `2024-1-5 10-12` and `20240105-0930`, what follows the sign is
 * the time.
 */
const OFFSET = /^(.*(?::\d{2}(?:[.,]\d+)?|[ap]\.?m\.?|\d{12}(?:\d{2})?)) ?([+-])(\d{2}):?(\d{2})?$/i;
/** What may follow an offset and says the same: `+0100 CET`, `GMT+0100 (Central European Time)`, `Z[Europe/Berlin]`. */
const COMMENT = /^(.*(?:\d|Z)) ?(\([^()]*\)|\[[^[\]]*\]|(?<= )[A-Z]{3,5})$/i;
const UTC = /^(?:UTC|GMT)$/i;
/** A name of a zone that several zones have, such as EST and CST. */
const ABBREVIATION = /^(.*(?:\d|[APap]\.?[Mm]\.?)) ?\(?\b(?!(?:[AP]M|UTC|GMT)\b)([A-Z]{2,5})\)?$/;
const MINUTE_MS = 60_000;

/** Splits a time from the zone that is written after it; undefined if there is none, or none that exists. */
export function splitZone(text: string): ZonedText | undefined {
  const [, offset = '', comment = ''] = COMMENT.exec(text) ?? [];
  const commented = split(offset);
  if (commented && !(UTC.test(comment) && commented.offset !== 0)) return commented;
  return split(text);
}

function split(text: string): ZonedText | undefined {
  const [, time, sign, hours = '0', minutes = '0'] = OFFSET.exec(text) ?? NAMED.exec(text) ?? [];
  // The limits of the API.
  if (time === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return { time, offset: sign === '-' ? -offset : offset };
}

/** Splits a time from an abbreviation after it, which does not tell the zone; undefined if there is none. */
export function splitAbbreviation(text: string): { time: string; abbreviation: string } | undefined {
  const [, time, abbreviation] = ABBREVIATION.exec(text) ?? [];
  return time === undefined || abbreviation === undefined ? undefined : { time, abbreviation };
}
