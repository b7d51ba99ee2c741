/** Why a value of a file cannot be converted. */
export class Unreadable {
  /** What was expected: a sentence that begins after the name of the field. */
  readonly expected: string;
  /** What to do, in further sentences; may be empty. */
  readonly advice: string;
  /** Whether no option would help: the value was understood, and is refused for what it means. */
  readonly isUnderstood: boolean;

  constructor(expected: string, advice = '', { isUnderstood = false } = {}) {
    this.expected = expected;
    this.advice = advice;
    this.isUnderstood = isUnderstood;
  }
}
