import { requestErrors, type ErrorDetails, type RequestErrorCode } from '@trackly/contract';

/** A reason to refuse a request that has no code of its own: the only record of it is rejected. */
export interface RejectedRecord {
  code: string;
  status: number;
  text: string;
}

/** Refuses the whole request, with the documented status and text of the code. */
export class RequestError extends Error {
  readonly statusCode: number;
  readonly code: string;
  /** Seconds after which the same request may be accepted; undefined if waiting does not help. */
  readonly retryAfter: number | undefined;
  readonly #details: ErrorDetails;

  /**
   * @param text replaces the general text of the code
   * @param details further fields of the answer
   */
  constructor(reason: RequestErrorCode | RejectedRecord, text?: string, details: ErrorDetails = {}) {
    const error: { status: number; text: string; retryAfter?: number } =
      typeof reason === 'string' ? requestErrors[reason] : reason;
    super(text ?? error.text);
    this.code = typeof reason === 'string' ? reason : reason.code;
    this.statusCode = error.status;
    this.retryAfter = error.retryAfter;
    this.#details = details;
  }

  /** The body of the answer. */
  get answer(): { error: string; code: string } & ErrorDetails {
    return { error: this.message, code: this.code, ...this.#details };
  }
}
