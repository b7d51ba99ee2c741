import { requestErrors, type ErrorDetails, type RequestErrorCode } from '@trackly/contract';

/** Refuses the whole request, with the documented status and text of the code. */
export class RequestError extends Error {
  readonly statusCode: number;
  readonly code: RequestErrorCode;
  /** Seconds after which the same request may be accepted; undefined if waiting does not help. */
  readonly retryAfter: number | undefined;
  readonly #details: ErrorDetails;

  /**
   * @param text replaces the general text of the code
   * @param details further fields of the answer
   */
  constructor(code: RequestErrorCode, text?: string, details: ErrorDetails = {}) {
    const error: { status: number; text: string; retryAfter?: number } = requestErrors[code];
    super(text ?? error.text);
    this.code = code;
    this.statusCode = error.status;
    this.retryAfter = error.retryAfter;
    this.#details = details;
  }

  /** The body of the answer. */
  get answer(): { error: string; code: RequestErrorCode } & ErrorDetails {
    return { error: this.message, code: this.code, ...this.#details };
  }
}
