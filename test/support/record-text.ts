/** Values of a record as JSON text, so that tables can hold what JSON.stringify cannot write: 1e309, a repeated key. */
export type FieldTexts = Record<string, string | undefined>;

const VALID: FieldTexts = { message_id: '"m0"', offer_id: '"o0"', revenue: '1' };

/** A valid record but for the given fields; undefined leaves a field out. */
export function recordText(fields: FieldTexts): string {
  const members = Object.entries({ ...VALID, ...fields })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `"${name}":${value}`);
  return `{${members.join(',')}}`;
}

export function bodyText(...records: string[]): string {
  return `{"records":[${records.join(',')}]}`;
}
