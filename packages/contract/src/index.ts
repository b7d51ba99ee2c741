export { MAX_AMOUNT, roundAmount } from './amount.ts';
export { ChunkRef, ImportRef, splitIntoChunks } from './chunk.ts';
export { requestErrors, type RequestErrorCode } from './errors.ts';
export {
  IDEMPOTENCY_KEY_PATTERN,
  ImportError,
  ImportErrorsQuery,
  ImportErrorsResponse,
  ImportListQuery,
  ImportListResponse,
  ImportResponse,
  importKinds,
  importStatuses,
  ProcessingResponse,
  type ImportKind,
  type ImportStatus,
} from './imports.ts';
export { exactNumber } from './exact-number.ts';
export { toJson } from './json.ts';
export { keysOf } from './keys.ts';
export type { ImportOutcome } from './outcome.ts';
export {
  reportDimensions,
  RevenueReport,
  RevenueReportQuery,
  type ReportDimension,
  type RevenueReportRow,
} from './reports/revenue.ts';
export { isRequestId } from './request-id.ts';
export { ErrorResponse } from './responses.ts';
export { parseTimestamp } from './timestamp.ts';
export { inSpan, traceAttributes } from './trace.ts';
export { compile, compileParameters, type Check } from './validation.ts';
export {
  checkUnknownRecords,
  checkValidRecords,
  type CheckedBatch,
  type CheckedRecord,
  type RejectedRecord,
} from './revenue/check.ts';
export { revenueRecordErrors, RevenueRejection, type RevenueRecordErrorCode } from './revenue/errors.ts';
export { MAX_RECORDS, RevenueImportQuery, RevenueImportRequest, RevenueRecord } from './revenue/request.ts';
export { RevenueImportResponse, toRevenueResponse, type RevenueOutcome } from './revenue/response.ts';
