const TOO_LARGE = JSON.rawJSON('1e999');
const TOO_SMALL = JSON.rawJSON('-1e999');

/** A value that was read from JSON, as JSON again; `null` when it is nested deeper than can be written. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, writeInfinity);
  } catch (error) {
    if (error instanceof RangeError) return 'null';
    throw error;
  }
}

/** A number that is too large for a double was read as an infinite one. */
function writeInfinity(_: string, value: unknown): unknown {
  if (value === Infinity) return TOO_LARGE;
  return value === -Infinity ? TOO_SMALL : value;
}
