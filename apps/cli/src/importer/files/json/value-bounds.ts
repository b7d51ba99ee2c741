const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What a byte is for finding the end of a value: 1 opens, 2 closes, 3 is a quote, 4 ends a number or a word. */
const KINDS = new Uint8Array(256);
for (const byte of Buffer.from('{[')) KINDS[byte] = 1;
for (const byte of Buffer.from('}]')) KINDS[byte] = 2;
KINDS[QUOTE] = 3;
for (const byte of Buffer.from(', \t\r\n:')) KINDS[byte] = 4;

/** Finds the end of one JSON value, whose bytes may come in pieces. Does not check that it is valid. */
export class ValueBounds {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** Whether the bytes so far end within a string. */
  get isInString(): boolean {
    return this.#isInString;
  }

  /**
   * Reads on from a place in the next piece.
   *
   * @returns the place after the value; -1 if the value does not end in this piece
   */
  scan(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) {
          this.#isInString = false;
          if (this.#depth === 0) return at + 1;
        }
        continue;
      }
      const kind = KINDS[byte];
      if (kind === 0) continue;
      if (kind === 1) this.#depth += 1;
      else if (kind === 3) this.#isInString = true;
      else if (this.#depth === 0) return at;
      else if (kind === 2) {
        this.#depth -= 1;
        if (this.#depth === 0) return at + 1;
      }
    }
    return -1;
  }
}
