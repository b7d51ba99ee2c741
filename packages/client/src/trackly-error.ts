export interface TracklyErrorDetails {
  code: string;
  status?: number | undefined;
  requestId?: string | undefined;
  importId?: string | undefined;
  importName?: string | undefined;
  inUse?: Readonly<Record<string, number>> | undefined;
  idempotencyKey?: string | undefined;
  mayBeImported?: boolean;
  cause?: unknown;
}

/** A call has failed. The message is one line that says what to do. */
export class TracklyError extends Error {
  override readonly name = 'TracklyError';
  /**
   * The reason, for programs: the code of the service's answer, `http_` and the status of an answer without a code,
   * or `no_connection`, `connection_broken`, `timeout`, `unexpected_answer`, `answer_too_long`, `aborted`.
   */
  readonly code: string;
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** The id of the request, to give to the operator of the service. */
  readonly requestId: string | undefined;
  /** The id of the import, if it was accepted; with `already_imported`, of the earlier import. */
  readonly importId: string | undefined;
  /** With `already_imported`: the name of the earlier import. */
  readonly importName: string | undefined;
  /** With `import_in_use`: what refers to what the import has made, as numbers by name. */
  readonly inUse: Readonly<Record<string, number>> | undefined;
  /** The key of an `importRecords` call. Sending the same records again with it is safe. */
  readonly idempotencyKey: string | undefined;
  /** For `importRecords`: false if certainly none of the records is imported, now or later. */
  readonly mayBeImported: boolean;

  constructor(message: string, details: TracklyErrorDetails) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.importId = details.importId;
    this.importName = details.importName;
    this.inUse = details.inUse;
    this.idempotencyKey = details.idempotencyKey;
    this.mayBeImported = details.mayBeImported ?? false;
  }
}
