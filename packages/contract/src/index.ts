export { MAX_AMOUNT, roundAmount } from './amount.ts';
export { MAX_CUSTOM_FIELDS_BYTES } from './contacts/kind.ts';
export { ContactList, ContactListQuery, ContactSaved, type ListedContact } from './contacts/list.ts';
export { ChunkRef, ImportRef, splitIntoChunks, tasks, type Task } from './chunk.ts';
export { chunksOf } from './chunks-of.ts';
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
export { countColumns, defineKind, repeatedFields, storedFields } from './kind.ts';
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
export { createChecks, isMissing, type CheckedBatch, type RecordChecks, type RejectedRecord } from './check.ts';
export { ImportQuery, MAX_RECORDS, recordSchema, requestSchema } from './request.ts';
export {
  resultSchema,
  toCounted,
  toRecordError,
  toResult,
  toUndone,
  type ImportResult,
  type Notices,
} from './result.ts';
export { listStatuses, ListsQuery, SendingList, SendingLists, type ListStatus } from './lists/list.ts';
export { Offer, OfferList, OfferSaved, OffersQuery } from './offers/list.ts';
export { MOST_LISTED, Pagination } from './pagination.ts';
export { revenueRecordErrors, type RevenueRecordErrorCode } from './revenue/errors.ts';
export { sendRecordErrors } from './sends/errors.ts';
