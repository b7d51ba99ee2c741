const TOO_LARGE = JSON.rawJSON('1e999');
const TOO_SMALL = JSON.rawJSON('-1e999');

/** Serializes a value that was parsed from JSON; `null` if it is nested too deep to be serialized. */
export function toJson(value: unknown): string {
  return serialize(value) ?? 'null';
}

/** Counts the bytes of such a value as JSON: infinitely many if it is nested too deep to be serialized. */
export function jsonBytes(value: unknown): number {
  const text = serialize(value);
  return text === undefined ? Infinity : Buffer.byteLength(text);
}

function serialize(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, writeInfinity);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** JSON.parse reads a number that is too large for a double as Infinity. */
function writeInfinity(_: string, value: unknown): unknown {
  if (value === Infinity) return TOO_LARGE;
  return value === -Infinity ? TOO_SMALL : value;
}
