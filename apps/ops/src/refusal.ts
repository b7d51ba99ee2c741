/** Refuses a request with a status and a text that says what to do. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, text: string) {
    super(text);
    this.statusCode = statusCode;
  }
}
