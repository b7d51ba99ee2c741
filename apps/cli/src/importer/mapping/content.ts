import type { FieldType, FileFields } from '../kinds/file-fields.ts';
import { toUtc } from './utc.ts';

/** What a record is, however its values are written. */
export interface Content {
  text: string;
  /** Its first time, in UTC; undefined if it leaves that to the service. */
  time: string | undefined;
}

/**
 * Creates a function that says what a record is, however its amounts and times are written: `12.50` and `12.5` are the
 * same, and so are `2024-01-05` and `2024-01-05T00:00:00.000Z`. Programs that save a file again write them anew.
 */
export function createContent({ fields }: FileFields): (record: Readonly<Record<string, unknown>>) => Content {
  const types = Object.entries(fields).map(([field, { type }]) => ({ field, type }));
  return (record) => {
    let text = '';
    let time: string | undefined;
    for (const { field, type } of types) {
      const value = record[field];
      if (typeof value === 'string') {
        const written = canonical(value, type);
        if (type === 'time') time ??= written;
        text += written;
      } else if (value !== undefined) text += JSON.stringify(value);
      text += '\0';
    }
    return { text, time };
  };
}

function canonical(text: string, type: FieldType): string {
  if (type === 'amount') return canonicalAmount(text);
  return type === 'time' ? toUtc(text) : text;
}

/** Writes a plain decimal without zeros that say nothing. */
function canonicalAmount(text: string): string {
  let [start, end] = [0, text.length];
  if (text.includes('.')) {
    while (text[end - 1] === '0') end -= 1;
    if (text[end - 1] === '.') end -= 1;
  }
  while (text[start] === '0' && start + 1 < end && text[start + 1] !== '.') start += 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
