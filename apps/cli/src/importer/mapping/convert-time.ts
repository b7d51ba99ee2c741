import { digitsOf } from '../files/json/number.ts';
import type { MappingOptions } from './mapping-options.ts';
import { quote } from './text.ts';
import { createTimestampReader } from './timestamp.ts';
import { Unreadable } from './unreadable.ts';

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
  const format = dateFormat === undefined ? '' : `in the format ${dateFormat} or `;
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
    return read(text) ?? new Unreadable(`must be a time ${format}in ISO 8601, not ${quote(text)}.`);
  };
}
