import type { LineAccount } from '../line-account.ts';

/**
 * Counts each line of a document once, though several records may be on a line: as the line of the first record that
 * begins on it, as one more line of a record, as structure if there is no record on it, or as blank.
 */
export class LineClaims {
  readonly #account: LineAccount;
  /** The last line that is counted. */
  #last = 0;
  #isLastStructure = false;

  constructor(account: LineAccount) {
    this.#account = account;
  }

  /**
   * Counts the lines of a record.
   *
   * @returns how many of them are counted as its own
   */
  record(line: number, lines: number): number {
    this.#blankUntil(line);
    let own = 0;
    if (this.#last === line && this.#isLastStructure) {
      this.#account.structure -= 1;
      this.#last -= 1;
    }
    if (this.#last < line) {
      this.#account.records += 1;
      own = 1;
    }
    this.#account.continuation += lines - 1;
    this.#last = line + lines - 1;
    this.#isLastStructure = false;
    return own + lines - 1;
  }

  structure(line: number): void {
    this.#blankUntil(line);
    if (this.#last === line) return;
    this.#account.structure += 1;
    this.#last = line;
    this.#isLastStructure = true;
  }

  /** @param isAtLineStart whether nothing comes after the last line end */
  end(line: number, isAtLineStart: boolean): void {
    this.#blankUntil(isAtLineStart ? line : line + 1);
  }

  /** Nothing is between the last line that is counted and this one. */
  #blankUntil(line: number): void {
    const blank = line - 1 - this.#last;
    if (blank <= 0) return;
    this.#account.blank += blank;
    this.#last = line - 1;
    this.#isLastStructure = false;
  }
}
