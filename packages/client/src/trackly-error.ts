export interface TracklyErrorDetails {
  code: string;
  status?: number | undefined;
  requestId?: string | undefined;
  importId?: string | undefined;
  idempotencyKey?: string | undefined;
  mayBeImported?: boolean;
  cause?: unknown;
}

/** A call did not bring what it was made for. The message is one line, which says what to do. */
export class TracklyError extends Error {
  override readonly name = 'TracklyError';
  /**
   * What went wrong, for programs: the code of the service's answer, `http_` and the status of an answer without one,
   * or `no_connection`, `connection_broken`, `timeout`, `unexpected_answer`, `aborted`.
   */
  readonly code: string;
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** For asking the operator of the service about it. */
  readonly requestId: string | undefined;
  /** The import, once it was accepted. */
  readonly importId: string | undefined;
  /** Of `importRecords`: with it, the same records can be sent again safely. */
  readonly idempotencyKey: string | undefined;
  /** Of `importRecords`: false when it is certain that none of the records is imported, now or later. */
  readonly mayBeImported: boolean;

  constructor(message: string, details: TracklyErrorDetails) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.importId = details.importId;
    this.idempotencyKey = details.idempotencyKey;
    this.mayBeImported = details.mayBeImported ?? false;
  }
}
