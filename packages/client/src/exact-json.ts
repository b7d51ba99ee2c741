/**
 * The same JSON with the numbers of the named fields as strings, digit by digit: a sum may have more digits than a
 * number holds, and Node 20 cannot tell the digits of a number that it has parsed.
 */
export function quoteNumbers(json: string, fields: readonly string[]): string {
  if (fields.length === 0) return json;
  // Inside a string every quote has a backslash before it: what looks like a field is one.
  const numbers = new RegExp(String.raw`((?<!\\)"(?:${fields.join('|')})"\s*:\s*)(-?\d[\d.eE+-]*)`, 'g');
  return json.replaceAll(numbers, '$1"$2"');
}
