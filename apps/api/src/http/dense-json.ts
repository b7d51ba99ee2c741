/** A body is parsed without a break, and all other requests wait. A shorter body takes little time, whatever it contains. */
const SHORT_BYTES = 256 * 1024;

/** What is parsed in a few hundredths of a second, whatever it consists of. */
const MOST_SIGNS_IN_ALL = 300_000;

/**
 * Limit for a record, and for any other value at its depth, in a body that has more than that. A record of 100 fields has
 * 200 signs.
 */
const MOST_SIGNS = MOST_SIGNS_IN_ALL / 1_000;

const [QUOTE, BACKSLASH, COMMA, COLON] = Buffer.from('"\\,:');
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('[]{}');

/** The depth at which records are, in the list in the body. */
const RECORD_DEPTH = 2;

const NOTHING = Buffer.from('null');

/**
 * Replaces what would take long to parse. JSON of a few megabytes can have millions of values, which takes a hundred
 * times as long to parse as records of the same size. In such a body, records of many values become null, and are rejected
 * later.
 *
 * Counts the signs , : [ { outside of strings: there are at most as many values.
 *
 * @returns the body, or undefined if it consists of too many values all in all
 */
export function withoutDenseValues(body: Buffer): Buffer | undefined {
  if (body.length <= SHORT_BYTES) return body;
  const pieces: Buffer[] = [];
  let end = 0;
  let depth = 0;
  let start = 0;
  let signs = 0;
  let signsInAll = 0;
  let denseSigns = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfString(body, at);
    else if (byte === COMMA || byte === COLON) signs += 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (depth === RECORD_DEPTH) {
        signsInAll += signs;
        signs = 0;
        start = at;
      }
      depth += 1;
      signs += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth !== RECORD_DEPTH) continue;
      if (signs > MOST_SIGNS) {
        pieces.push(body.subarray(end, start), NOTHING);
        end = at + 1;
        denseSigns += signs;
        signs = 0;
      }
    }
  }
  signsInAll += signs;
  if (signsInAll > MOST_SIGNS_IN_ALL) return undefined;
  return signsInAll + denseSigns <= MOST_SIGNS_IN_ALL ? body : Buffer.concat([...pieces, body.subarray(end)]);
}

function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}
