import { requestErrors, type RequestErrorCode } from '@trackly/contract';

/** Refuses the whole request, with the documented status and text of the code. */
export class RequestError extends Error {
  readonly statusCode: number;
  readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode) {
    super(requestErrors[code].text);
    this.code = code;
    this.statusCode = requestErrors[code].status;
  }
}
