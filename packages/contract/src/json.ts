const TOO_LARGE = JSON.rawJSON('1e999');
const TOO_SMALL = JSON.rawJSON('-1e999');

/** Serializes a value that was parsed from JSON; `null` if it is nested too deep to be serialized. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, writeInfinity);
  } catch (error) {
    if (error instanceof RangeError) return 'null';
    throw error;
  }
}

/** JSON.parse reads a number that is too large for a double as Infinity. */
function writeInfinity(_: string, value: unknown): unknown {
  if (value === Infinity) return TOO_LARGE;
  return value === -Infinity ? TOO_SMALL : value;
}
