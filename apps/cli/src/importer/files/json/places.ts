/** What may come next in a document, outside values. */
export type Place =
  | 'start'
  | 'record'
  | 'first item'
  | 'item'
  | 'after item'
  | 'first key'
  | 'key'
  | 'colon'
  | 'member'
  | 'after member'
  | 'end';

/** The same in words. */
export const EXPECTED: Record<Place, string> = {
  start: 'an object or an array',
  record: 'an object',
  'first item': 'an object or "]"',
  item: 'an object',
  'after item': 'a comma or "]"',
  'first key': 'a key in quotes or "}"',
  key: 'a key in quotes',
  colon: 'a colon',
  member: 'a value',
  'after member': 'a comma or "}"',
  end: 'nothing',
};

interface Around {
  /** Whether an object is around the array of records. */
  isInObject: boolean;
  /** Whether the member that comes is that array. */
  isOfRecords: boolean;
}

/**
 * Finds the place after a token: a bracket, a brace, a comma or a colon.
 *
 * @returns `value` if the token begins a value; undefined if it cannot come here
 */
export function nextPlace(place: Place, token: string, around: Around): Place | 'value' | undefined {
  const afterArray = around.isInObject ? 'after member' : 'end';
  const value = /[{["\-\w]/.test(token) ? 'value' : undefined;
  switch (place) {
    case 'start':
      return token === '[' ? 'first item' : onlyFor('{', token);
    case 'record':
      return onlyFor('{', token);
    case 'first item':
      return token === ']' ? afterArray : value;
    case 'item':
      return value;
    case 'after item':
      return token === ',' ? 'item' : token === ']' ? afterArray : undefined;
    case 'first key':
      return token === '}' ? 'end' : onlyFor('"', token);
    case 'key':
      return onlyFor('"', token);
    case 'colon':
      return token === ':' ? 'member' : undefined;
    case 'member':
      return token === '[' && around.isOfRecords ? 'first item' : value;
    case 'after member':
      return token === ',' ? 'key' : token === '}' ? 'end' : undefined;
    case 'end':
      return undefined;
  }
}

function onlyFor(beginning: string, token: string): 'value' | undefined {
  return token === beginning ? 'value' : undefined;
}
