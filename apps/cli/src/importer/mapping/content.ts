import type { FieldType, FileFields } from '../kinds/file-fields.ts';
import { toUtc } from './utc.ts';

/**
 * Creates a function that says what a record is, however its amounts and times are written: `12.50` and `12.5` are the
 * same, and so are `2024-01-05` and `2024-01-05T00:00:00.000Z`. Programs that save a file again write them anew.
 */
export function createContent({ fields }: FileFields): (record: Readonly<Record<string, unknown>>) => string {
  const types = Object.entries(fields).map(([field, { type }]) => ({ field, type }));
  return (record) => {
    let content = '';
    for (const { field, type } of types) {
      const value = record[field];
      if (value !== undefined) content += typeof value === 'string' ? canonical(value, type) : JSON.stringify(value);
      content += '\0';
    }
    return content;
  };
}

function canonical(text: string, type: FieldType): string {
  if (type === 'amount') return canonicalAmount(text);
  return type === 'time' ? canonicalTime(text) : text;
}

/** Writes a plain decimal without zeros that say nothing. */
function canonicalAmount(text: string): string {
  const hasPoint = text.includes('.');
  if (!text.startsWith('0') && !(hasPoint && text.endsWith('0'))) return text;
  const [integer = '', fraction = ''] = text.split('.');
  const digits = fraction.replace(/0+$/, '');
  return `${integer.replace(/^0+(?=\d)/, '')}${digits && '.'}${digits}`;
}

const DAY = '2024-01-05'.length;
const MINUTE = '2024-01-05T10:00'.length;
const SECOND = '2024-01-05T10:00:00'.length;

function canonicalTime(text: string): string {
  // Nearly all are like this.
  if (text.length === SECOND + 1 && text.endsWith('Z')) return text.slice(0, SECOND);
  if (text.length === DAY) return `${text}T00:00:00`;
  const time = (toUtc(text) ?? text).replace(/(?:\.0+|(\.\d*[1-9])0*)?Z?$/, '$1');
  return time.length === MINUTE ? `${time}:00` : time;
}
