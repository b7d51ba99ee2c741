declare global {
  interface JSON {
    /** Gives the reviver the text of each primitive. https://github.com/tc39/proposal-json-parse-with-source */
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  }
}

/**
 * Parses JSON, leaving the numbers in fields of the given name as text: a sum may have more digits than a double holds.
 *
 * @returns undefined when the text is not JSON
 */
export function parseExact(text: string, exactField: string): unknown {
  try {
    return JSON.parse(text, (key, value, { source }) =>
      key === exactField && typeof value === 'number' ? source : value,
    );
  } catch {
    return undefined;
  }
}
