export { MAX_AMOUNT, roundAmount } from './amount.ts';
export { ChunkRef, ImportRef, splitIntoChunks, tasks, type Task } from './chunk.ts';
export { requestErrors, type RequestErrorCode } from './errors.ts';
export {
  IDEMPOTENCY_KEY_PATTERN,
  ImportErrorsQuery,
  importErrorsResponse,
  importListQuery,
  importListResponse,
  importResponse,
  importStatuses,
  ProcessingResponse,
  type ImportResponse,
  type ImportStatus,
} from './imports.ts';
export { LONGEST_ID } from './fields.ts';
export { FINGERPRINT_PATTERN, IMPORT_NAME_PATTERN, MAX_FINGERPRINTS } from './import-source.ts';
export { Formulas } from './formulas.ts';
export { exactNumber } from './exact-number.ts';
export { toJson } from './json.ts';
export {
  keepRecords,
  MAX_KEPT_IMPORT_BYTES,
  MAX_KEPT_RECORD_BYTES,
  type KeptRecords,
  type KeptRejection,
  type ListedRejection,
} from './kept-records.ts';
export { keysOf } from './keys.ts';
export { countColumns, defineKind, repeatedFields } from './kind.ts';
export type { CheckedRecord, ColumnType, KindSpec, RecordField, Rejection, Totals } from './kind.ts';
export { importKinds, kindSpecs, recordErrorCodes, type ImportKind } from './kinds.ts';
export type { ImportOutcome } from './outcome.ts';
export {
  reportDimensions,
  RevenueReport,
  RevenueReportQuery,
  type ReportDimension,
  type RevenueReportRow,
} from './reports/revenue.ts';
export { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from './phone-number.ts';
export { isRequestId } from './request-id.ts';
export { errorDetails, ErrorResponse, type ErrorDetails } from './responses.ts';
export { ANSWER_GRACE_MS, JOB_LOCK_MS, STALLED_CHECK_MS, STATEMENT_MS, SYNC_WAIT_MS } from './time-limits.ts';
export { parseTimestamp } from './timestamp.ts';
export { inSpan, traceAttributes } from './trace.ts';
export { compile, compileParameters, type Check } from './validation.ts';
export { createChecks, type CheckedBatch, type RecordChecks, type RejectedRecord } from './check.ts';
export { ImportQuery, MAX_RECORDS, requestSchema } from './request.ts';
export {
  resultSchema,
  toCounted,
  toRecordError,
  toResult,
  toTotals,
  type ImportResult,
  type Notices,
} from './result.ts';
export { revenueRecordErrors, type RevenueRecordErrorCode } from './revenue/errors.ts';
