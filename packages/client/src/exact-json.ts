/**
 * Turns the numbers of the named fields in a JSON text into strings with the same digits. A sum may have more digits
 * than a number holds, and JSON.parse of Node 20 gives no access to the digits.
 */
export function quoteNumbers(json: string, fields: readonly string[]): string {
  if (fields.length === 0) return json;
  // Inside a string, every quote is escaped, so whatever looks like a field is one.
  const numbers = new RegExp(String.raw`((?<!\\)"(?:${fields.join('|')})"\s*:\s*)(-?\d[\d.eE+-]*)`, 'g');
  return json.replaceAll(numbers, '$1"$2"');
}
